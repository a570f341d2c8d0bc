// Brings the ATT&CK tags of Sigma rules to another version, in place.
#pragma once

#include <string>
#include <string_view>

#include "attack/migration.h"

namespace nepho::attack {

// The edits that bring every `attack.` tag under `tags` of every document of a Sigma file to the
// version of `target`: technique ids to their successors, retired tactics to those that the rule's
// techniques are in. A tag that would then stand there twice is taken out. Comments, order, quotes,
// line ends and all other bytes stay; so do spelling habits (case of ids, '-' or '_' in tactics).
//
// Reported: an id that nothing stands for or that never was (warnings), a tag that cannot be
// changed where it stands, YAML that cannot be read (errors). Applying the edits and migrating
// again changes nothing.
Migrated migrate_rule(std::string_view yaml, const std::string& file, const Catalogue& target);

}  // namespace nepho::attack
