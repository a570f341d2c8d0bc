// Mends what rules map to, in their files: what `nepho map --fix` writes.
#pragma once

#include <string>

#include "attack/migration.h"
#include "inventory/references.h"

namespace nepho::inventory {

// That a mapping cannot be mended where it stands, or not in this format.
inline constexpr ErrorCode kNotMended{"inventory.cannot_mend"};

// The edits that mend the mappings of a rule file of any format: every problem with a fix
// (map_claims()) and names, references and tactics that go with it. All other bytes stay: comments,
// order, quotes, line ends. An item that would then stand in its list twice is taken out. Sigma's
// tags are brought forwards only (attack::migrate_rule()): an id newer than the catalogue stays.
//
// An edit is only made where the file reads, byte for byte, as the mapping says; another is a
// warning in the report. CSV, Sumo's catalogue and Sigma's files that cannot be read are not
// mended. A text in no format has no edits. Mending what was mended changes nothing.
attack::Migrated mend(std::string text, const std::string& file, const References& references);

}  // namespace nepho::inventory
