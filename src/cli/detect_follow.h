// nepho detect --follow: runs rules on what files and folders grow by, until told to stop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "detect/correlation_state.h"
#include "plan/plan.h"
#include "report/finding_json.h"
#include "stream/run.h"

namespace nepho::cli {

// What is asked of --follow that the options of the command line rule out, or a --place that cannot
// be read or kept. Before any rule is read.
Result<void> check_follow(const Session& session);

// All that was done together. Findings were printed as they came: `result.findings` has one a rule
// that fired, the latest, which counts all.
struct Followed {
  stream::RunResult result;
  std::vector<std::string> files;  // that its skipped records name
};

// Follows LOGS until a signal, or until standard input ends where nothing else is followed.
// Findings go to the output as they come, flushed. `options` is how each of the runs is made;
// `state` is carried from each to the next. Keeps --state, then --place, every kKeepEvery and at
// the end: after a crash some findings come again, none is lost. Fails where one of them cannot be
// written.
Result<Followed> follow(Session& session, const plan::Plan& plan,
                        const std::vector<report::RuleLabels>& labels, stream::RunOptions options,
                        detect::CorrelationState& state);

}  // namespace nepho::cli
