// Brings Navigator layers to another version of ATT&CK, in place.
#pragma once

#include <string>
#include <string_view>

#include "attack/migration.h"
#include "base/result.h"

namespace nepho::navigator {

// The edits that bring a layer, or a list of layers, of any format to the version of `target`:
// techniqueID to its successor, a retired tactic to the one the technique is in now (the key goes
// when it is in none of those meant: then the entry means all its tactics), platforms of the filter
// to their current names, versions.attack to the target's. All other JSON stays byte for byte.
//
// When two entries become one cell, the one with the greater score stays, the first of equals, and
// the other is taken out. Reported: ids that nothing stands for or that never were (warnings).
// Fails when the text is no JSON or no layer. Applying the edits and migrating again changes
// nothing.
Result<attack::Migrated> migrate_layer(std::string_view json, const std::string& file,
                                       const attack::Catalogue& target);

}  // namespace nepho::navigator
