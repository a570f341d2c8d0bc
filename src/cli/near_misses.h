// What --near-misses adds to `nepho detect`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "detect/near_misses.h"
#include "plan/plan.h"
#include "stream/run.h"

namespace nepho::cli {

using NearMissWatches = std::vector<std::unique_ptr<detect::NearMisses>>;

// One for each thread, laid into `options`; none without --near-misses. They must outlive the run.
NearMissWatches watch_near_misses(const Session& session, const plan::Plan& plan,
                                  stream::RunOptions& options);

// After the run, the rules that never fired though their event came; nothing where nobody asked.
std::optional<std::vector<detect::SilentRule>> silent_rules(const NearMissWatches& watches);

// Behind the findings, in the forms that have room for it, with a line on stderr; the summary has
// them too. Of the JSON document also its end.
void write_near_misses(Session& session, const plan::Plan& plan,
                       const std::vector<std::string>& files,
                       const std::optional<std::vector<detect::SilentRule>>& silent);

}  // namespace nepho::cli
