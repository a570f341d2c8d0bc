// One rule in several sets: the same upstream rule, copied, converted or renamed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/detection.h"

namespace nepho::inventory {

// A name for what a rule of another product tests: 32 hexadecimal digits over its format, its log
// sources and providers, and its text without white space, case, line comments and the macros that
// security_content gives each rule to be tuned with ("..._filter"). Empty for a text too short to
// tell rules apart by. Equal text in two languages is not compared: only ids lead across products.
std::string fingerprint_of(std::string_view logic, const Detection& detection);

// The first id (a GUID) behind the word "sigma" in the text, folded: how converters name the rule
// that they converted. Empty where there is none.
std::string sigma_id_in(std::string_view text);

// Finds the rules that are the same: by the same id (a GUID across formats, any other within one),
// the same tests (Detection::hash), the same fingerprint, or the id of one that another says it was
// made from. What is the same as a third is the same. Fills `group` and `also_known_as` of all of
// them, and of every one but the first of each group `duplicate_of`, with a problem (kDuplicate).
// First is who is enabled, then who can be run, then who comes first. O(detections), with a hash
// table.
void mark_duplicates(std::vector<Detection>& detections);

}  // namespace nepho::inventory
