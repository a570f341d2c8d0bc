// Which fields an event must have for a rule to hold.
#pragma once

#include <set>
#include <string_view>

#include "sigma/rule.h"

namespace nepho::sigma {

// The fields without which the rule can never hold: those of every way to fulfil its condition.
// What only an exception or one of several alternatives asks for is not among them, nor what is
// tested for being absent. Errs towards fewer: a field that is needed only because its absence is
// filtered out is left out. Views into the rule. O(items x alternatives).
std::set<std::string_view> needed_fields(const Rule& rule);

}  // namespace nepho::sigma
