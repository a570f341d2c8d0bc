// Okta's customer detections, YAML.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a document; all read Okta's system log. `threat` has the lists Tactic and Technique, the
// latter of maps with one key ("T1078: Valid Accounts") or of texts. The format has no level.
std::vector<ForeignRule> read_okta(const RuleFile& file);

}  // namespace nepho::inventory
