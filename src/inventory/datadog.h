// Datadog's security rules as its API gives them, JSON.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// A rule, a list of rules, or the API's "data". Tags hold the mapping ("technique:T1562-impair-
// defenses", "tactic:TA0005-defense-evasion") and the source; the level is the highest of the
// cases.
std::vector<ForeignRule> read_datadog(const RuleFile& file);

}  // namespace nepho::inventory
