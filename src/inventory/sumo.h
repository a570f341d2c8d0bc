// Sumo Logic's catalogue of Cloud SIEM content: one rule a page, Markdown.
#pragma once

#include <string_view>
#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// The one rule of the page. Its id is the file's name, as the page has none. Tags hold the mapping
// ("_mitreAttackTechnique:T1087.004"); the score, 0 to 10, tells the level.
std::vector<ForeignRule> read_sumo(const RuleFile& file);

bool is_sumo(std::string_view text);

}  // namespace nepho::inventory
