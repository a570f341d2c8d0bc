// Elastic's detection rules: TOML of its repository, and Kibana's export of rules as NDJSON.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a tree. TOML has the rule under "rule" and its maturity and integrations under
// "metadata"; the export has the rule's keys at the top and ends with a line that counts. Only
// threats of the framework "MITRE ATT&CK" are claims. Enabled: in production, and not switched off.
std::vector<ForeignRule> read_elastic(const RuleFile& file);

}  // namespace nepho::inventory
