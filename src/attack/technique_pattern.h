// How knowledge/ names several techniques at once.
#pragma once

#include <string_view>

#include "attack/id.h"

namespace nepho::attack {

// Whether `pattern` means this technique: "T1078.004" is that one alone, "T1078" the technique
// without its subs, "T1078.*" the subs without the technique.
bool matches_pattern(std::string_view pattern, const TechniqueId& id);

// Whether it is one of these three forms.
bool is_technique_pattern(std::string_view text);

}  // namespace nepho::attack
