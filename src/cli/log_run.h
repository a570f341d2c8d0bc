// Running rules over logs, with its progress shown.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "plan/plan.h"
#include "stream/run.h"

namespace nepho::cli {

// As stream::run(), with a progress bar where messages go to a terminal.
stream::RunResult run_with_progress(Session& session, const plan::Plan& plan,
                                    const std::vector<std::string>& files,
                                    stream::RunOptions options);

}  // namespace nepho::cli
