// YARA-L 2.0, the rules of Google SecOps.
#pragma once

#include <string_view>
#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// Every rule of the text, from its meta section:
//
//   rule NAME { meta: key = "value" ... events: ... outcome: ... condition: ... }
//
// The id is `rule_id`, else the name. The mapping has three forms: ids (`technique`, `tactic`);
// names of tactics (`mitre_attack_tactic`) beside an id that stands in `mitre_attack_url` only; one
// list of all (`mitre`). Comments count nothing. Providers come from `data_source`, else from
// `platform`, the vendors and products that the events name, or the rule's name.
std::vector<ForeignRule> read_yaral(const RuleFile& file);

// Whether the text has a rule with a section of YARA-L's.
bool is_yaral(std::string_view text);

}  // namespace nepho::inventory
