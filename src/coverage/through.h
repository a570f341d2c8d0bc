// How a rule is mapped to a cell.
#pragma once

#include <cstdint>

namespace nepho::coverage {

// By which of its tags a rule maps to a cell. A parent's tag grants an untested sub-technique at
// most `mapped`, a sub-technique's counts for its parent as one of its parts.
enum class Through : std::uint8_t { kOwnTag, kParentTag, kSubtechniqueTag };

}  // namespace nepho::coverage
