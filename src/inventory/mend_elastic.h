// Mends the threats of Elastic's rules, which name a technique three times: id, name, reference.
#pragma once

#include <span>

#include "attack/migration.h"
#include "inventory/foreign_rule.h"
#include "text/line_offsets.h"

namespace nepho::inventory {

// Appends to `mended` what brings the threats of `file` to what the rules' mappings want. `rules`
// are those that read_elastic() read from it, mapped.
//
// Where each technique stays one, and the tactic one, the values are changed in place. Where a
// technique goes under another parent, or some go to another tactic than the rest (version 19
// split Defense Evasion), the tables of this one threat are written anew, the last in the form of
// Elastic's own repository; one with comments or with keys that we do not know is left, and said.
void mend_elastic(const RuleFile& file, std::span<const ForeignRule> rules,
                  const text::LineOffsets& lines, const attack::Catalogue& catalogue,
                  attack::Migrated& mended);

}  // namespace nepho::inventory
