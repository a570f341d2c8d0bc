// What a rule claims to detect, held against ATT&CK: the same for every format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "inventory/detection.h"
#include "inventory/references.h"

namespace nepho::inventory {

// One technique or tactic as a rule writes it, and where.
struct Claim {
  std::string text;
  std::size_t line = 0;
  std::size_t column = 0;
};

// How a fix is written: "attack.t1078.004" in Sigma, "T1078.004" elsewhere.
enum class ClaimForm : std::uint8_t { kSigmaTag, kId };

// Fills `detection.techniques` and `tactics` from the claims and adds a problem, at the claim's
// place, for each that is not what ATT&CK's loaded version has. A claim that begins with T and a
// digit is a technique ("T1078.004", "t1078/004"), any other a tactic by id, shortname or name
// ("TA0005", "Defense Evasion", "DefenseEvasion", of either vocabulary). A retired technique counts
// as its successor, and `fix` is what to write; deprecated, unknown, malformed ids and those of
// other matrices (ICS, Mobile, ATLAS) count nothing.
void map_claims(std::span<const Claim> claims, const std::string& file, ClaimForm form,
                const References& references, Detection& detection);

// Looks at the mapping as a whole, once providers, techniques and tactics are known: unmapped,
// tactic-only, a technique of none of the rule's providers, a tactic that is none of its
// techniques', a parent whose sub-techniques fit, more than five techniques.
void check_mapping(const Place& place, const References& references, Detection& detection);

// Whether the text is meant as a technique's id, however it goes on.
bool looks_like_technique(std::string_view text);

// Sorts and drops repeats.
void sort_once(std::vector<std::string>& texts);

}  // namespace nepho::inventory
