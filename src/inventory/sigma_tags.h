// ATT&CK in the tags of a Sigma rule: `attack.t1078.004`, `attack.initial-access`.
#pragma once

#include "inventory/detection.h"
#include "inventory/references.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// Maps the tags by map_claims(). Tags of other namespaces, and of groups, software, data sources,
// campaigns and mitigations, are passed over.
void map_tags(const sigma::Rule& rule, const References& references, Detection& detection);

}  // namespace nepho::inventory
