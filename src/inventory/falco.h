// Falco's rules, YAML.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// The rules of a list that has macros and lists too. An entry of a rule's name that appends or
// overrides changes the earlier one in the same file; on its own (the rule is in another file) it
// is passed over. The source tells the provider; system calls are those of containers.
std::vector<ForeignRule> read_falco(const RuleFile& file);

}  // namespace nepho::inventory
