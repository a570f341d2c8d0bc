// The fields of records that a rule looks at.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "event/log_source.h"
#include "plan/plan.h"

namespace nepho::exercise {

// The names that each rule of the plan tests, as it writes them; of a correlation those of all that
// it refers to, and those it groups by and measures. By rule. O(items of all rules).
std::vector<std::set<std::string>> fields_of_rules(const plan::Plan& plan);

// The paths at which they may stand in a record of the log source, up to where they enter JSON
// within a text.
std::set<std::string> paths_of(const std::set<std::string>& fields, const event::LogSource& source);

// The log source that records of `log_source` ("aws.cloudtrail.s3_data") are read as; nullptr: none
// that the plan knows.
const event::LogSource* log_source_of(const plan::Plan& plan, std::string_view log_source);

}  // namespace nepho::exercise
