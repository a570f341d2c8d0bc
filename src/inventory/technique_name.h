// Names of techniques and tactics as rules write them beside an id.
#pragma once

#include <string>
#include <string_view>

#include "attack/catalogue.h"

namespace nepho::inventory {

// Whether two names are the same but for case, punctuation and blanks.
bool is_same_name(std::string_view a, std::string_view b);

// Whether `written` is the technique's name, alone or behind its parent's ("Valid Accounts: Cloud
// Accounts", "impair-defenses").
bool is_name_of(std::string_view written, const attack::Technique& technique,
                const attack::Catalogue& catalogue);

// The technique's name in the form of `written`: words joined by dashes, or behind its parent's
// name, or alone.
std::string name_like(std::string_view written, const attack::Technique& technique,
                      const attack::Catalogue& catalogue);

// The tactic in the form of `written`: its id, "Defense Evasion", "DefenseEvasion",
// "defense_evasion" or "defense-evasion".
std::string tactic_like(std::string_view written, const attack::Tactic& tactic);

}  // namespace nepho::inventory
