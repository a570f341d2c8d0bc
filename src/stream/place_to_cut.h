// Where a text of values can be parted from what follows it.
#pragma once

#include <cstddef>
#include <string_view>

namespace nepho::stream {

// Where to cut a text that goes on so that the cut is not in a string: behind the last line end, or
// before the last '{' that follows a '}' (a string could hold the bytes "},{" and then end, which
// the index notices). The whole text when there is no such place in its second half. O(size).
std::size_t place_to_cut(std::string_view text);

}  // namespace nepho::stream
