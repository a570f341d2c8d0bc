// Mends mappings that are scalars, most of them items of a list.
#pragma once

#include <span>

#include "attack/migration.h"
#include "inventory/foreign_rule.h"
#include "text/line_offsets.h"

namespace nepho::inventory {

// Appends to `mended` what brings the claims of each rule to what its mappings want. Each scalar is
// changed once, also where several rules read it (aliases).
void mend_items(std::span<const ForeignRule> rules, const text::LineOffsets& lines,
                attack::Migrated& mended);

}  // namespace nepho::inventory
