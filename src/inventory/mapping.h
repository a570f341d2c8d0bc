// A rule's mapping as a whole, held against ATT&CK: the same for every format.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/place.h"
#include "inventory/claim.h"
#include "inventory/detection.h"
#include "inventory/references.h"

namespace nepho::inventory {

// Looks at the mapping as a whole, once providers, techniques and tactics are known: unmapped,
// tactic-only, a technique of none of the rule's providers, a tactic that is none of its
// techniques' (of those in its group, where `claims` have groups), a parent whose sub-techniques
// fit, more than five techniques; a rule that is switched off, on trial, or older than what it maps
// to. `claims` are those of map_claims().
void check_mapping(std::span<const Claim> claims, const Place& place, const References& references,
                   Detection& detection);

// Sorts and drops repeats.
void sort_once(std::vector<std::string>& texts);

}  // namespace nepho::inventory
