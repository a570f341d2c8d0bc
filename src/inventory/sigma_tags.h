// ATT&CK in the tags of a Sigma rule: `attack.t1078.004`, `attack.initial-access`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "inventory/detection.h"
#include "inventory/references.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// Fills `detection.techniques` and `tactics` from the tags and adds a problem, at the tag's place,
// for each that is not what ATT&CK's loaded version has. A retired technique counts as its
// successor, and `fix` is the tag to write; deprecated, unknown, malformed ids and those of other
// matrices (ICS) count nothing. Tags of other namespaces, and of groups, software, data sources,
// campaigns and mitigations, are passed over.
void map_tags(const sigma::Rule& rule, const References& references, Detection& detection);

// Looks at the mapping as a whole, once providers, techniques and tactics are known: unmapped,
// tactic-only, a technique of none of the rule's providers, a tactic that is none of its
// techniques', a parent whose sub-techniques fit, more than five techniques.
void check_mapping(const Place& place, const References& references, Detection& detection);

}  // namespace nepho::inventory
