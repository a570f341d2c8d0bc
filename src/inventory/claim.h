// Techniques and tactics as rules write them, each with its place, and what each is today.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "inventory/detection.h"
#include "inventory/references.h"

namespace nepho::inventory {

// One technique or tactic as a rule writes it. A plain value; line and column count from 1.
struct Claim {
  std::string text;
  std::size_t line = 0;  // of the scalar it stands in, quotes included
  std::size_t column = 0;
  // The scalar as it reads, where it says more than `text` ("TA0005:T1562.008"); else empty.
  std::string scalar = {};
  // The line of the list that the scalar is an item of; 0 when it is in none. An item that says
  // what another of its list says is superfluous.
  std::size_t list = 0;
  // A tactic and the techniques of its group belong together (Panther's pair, Elastic's threat); 0:
  // no group, tactics are the whole rule's.
  std::size_t group = 0;
  // The name beside the id, where the format has one, and its place.
  std::string name = {};
  std::size_t name_line = 0;
  std::size_t name_column = 0;
};

// How what is to stand there instead is written. kSigmaTag: "attack.t1078.004"; kId: "T1078.004",
// and tactics in the form that the rule has; kOwnTactics: as kId, but tactics are the product's own
// names, which only the product can change (Sentinel's API takes no others).
enum class ClaimForm : std::uint8_t { kSigmaTag, kId, kOwnTactics };

// Fills `detection.techniques`, `tactics` and `mappings` (one for each claim, in their order), and
// adds a problem, at the claim's place, for each that is not what ATT&CK's loaded version has. A
// claim that begins with T and a digit is a technique ("T1078.004", "t1078/004"), any other a
// tactic by id, shortname or name ("TA0005", "Defense Evasion", "DefenseEvasion", of either
// vocabulary). A retired technique counts as its successor, one that only another version has as
// what it is called here, where that is sure, and `fix` is what to write; deprecated, unknown,
// malformed ids and those of other matrices (ICS, Mobile, ATLAS) count nothing.
void map_claims(std::span<const Claim> claims, const std::string& file, ClaimForm form,
                const References& references, Detection& detection);

// Whether the text is meant as a technique's id, however it goes on.
bool looks_like_technique(std::string_view text);

}  // namespace nepho::inventory
