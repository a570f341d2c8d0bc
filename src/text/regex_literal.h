// What every match of a regular expression holds, found without running it.
#pragma once

#include <string>
#include <string_view>

namespace nepho::text {

// The longest text that stands in every text in which `pattern` (RE2's syntax) matches; empty when
// none is found. Careful rather than clever: groups, alternatives, flags and quotes (\Q) give
// nothing, as do characters beyond ASCII. O(pattern).
std::string required_literal(std::string_view pattern);

}  // namespace nepho::text
