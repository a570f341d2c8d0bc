// Facts as text, in the catalogue's own form (docs/formats/attack-catalogue.md).
#pragma once

#include <string>
#include <string_view>

#include "attack/facts.h"

namespace nepho::attack {

// What MITRE's licence asks to stand in every copy.
inline constexpr std::string_view kMitreNotice =
    "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of "
    "The MITRE Corporation.";

// The same facts give the same bytes; facts in a catalogue's order come back from parse_facts() as
// they are.
std::string write_facts(const Facts& facts);

}  // namespace nepho::attack
