// What nepho detect says of a run beside its findings, on stderr.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/session.h"
#include "plan/plan.h"
#include "stream/run.h"

namespace nepho::cli {

// Rules of which none can ever see a record: said once, since a quiet rule looks like a quiet
// cloud.
void report_unbound(Session& session, const plan::Plan& plan);

// The first skipped records, each with its place, and how many more there are.
void report_skipped(Session& session, const stream::RunResult& result,
                    const std::vector<std::string>& files);

// The last lines: what was looked at, and what came of it.
void say_what_was_done(Session& session, const plan::Plan& plan, const stream::RunResult& result,
                       std::chrono::duration<double> took);

// The rules whose later findings were only counted.
void say_what_was_folded(Session& session, const plan::Plan& plan, const stream::RunResult& result);

}  // namespace nepho::cli
