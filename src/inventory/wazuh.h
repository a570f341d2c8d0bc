// Wazuh's rules, XML.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// Every rule of every group. Level 0 is silent: not enabled. The mapping of a parent (if_sid) does
// not pass on, as in Wazuh. An XML error is the one detection of the file.
std::vector<ForeignRule> read_wazuh(RuleFile& file);

}  // namespace nepho::inventory
