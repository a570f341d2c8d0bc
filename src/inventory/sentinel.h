// Microsoft Sentinel: rule templates in YAML, and ARM templates and the portal's exports in JSON.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule or hunting query a document. Providers are those of the tables that the query reads;
// where it names none that we know, those of the connectors it needs.
std::vector<ForeignRule> read_sentinel(const RuleFile& file);

// The rules among a template's resources, of the list that the API gives, or the one resource that
// the file is. A rule's id is the GUID in its name, else in its id, else its name.
std::vector<ForeignRule> read_sentinel_arm(const RuleFile& file);

}  // namespace nepho::inventory
