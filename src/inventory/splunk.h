// Splunk's security content, YAML.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a document. The level comes from the risk (tags.risk_score; in newer ones the highest
// under rba; else confidence times impact); enabled means in production.
std::vector<ForeignRule> read_splunk(const RuleFile& file);

// The providers of a search: of the macros and sourcetypes that it names.
void add_splunk_providers(std::string_view text, std::vector<std::string>& providers);

}  // namespace nepho::inventory
