// Google's Community Security Analytics, YAML.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a document. Its sources are logs of Google Cloud unless they name Workspace. Ids of
// MITRE ATLAS stand among the techniques and are reported as such.
std::vector<ForeignRule> read_csa(const RuleFile& file);

}  // namespace nepho::inventory
