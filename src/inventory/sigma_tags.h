// ATT&CK in the tags of a Sigma rule: `attack.t1078.004`, `attack.initial-access`.
#pragma once

#include <vector>

#include "inventory/claim.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// The claims of the tags, which map_claims() takes as kSigmaTag. Tags of other namespaces, and of
// groups, software, data sources, campaigns and mitigations, are passed over.
std::vector<Claim> claims_of_tags(const sigma::Rule& rule);

}  // namespace nepho::inventory
