// Counting line ends, fast enough not to be noticed.
#pragma once

#include <cstdint>
#include <string_view>

namespace nepho {

// How many '\n' there are. About 0.05 ns a byte in cache (bench/reader).
std::uint64_t count_line_ends(std::string_view text);

}  // namespace nepho
