// What a workspace says of the logs that an exercise is about.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/session.h"
#include "report/tabletop.h"

namespace nepho::cli {

// An entry for each of `told`, then those of `others` that are off here, each list by id.
Result<std::vector<report::TabletopLog>> tabletop_logs(Session& session,
                                                       const std::set<std::string>& told,
                                                       const std::set<std::string>& others);

}  // namespace nepho::cli
