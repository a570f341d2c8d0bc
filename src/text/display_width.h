// How many columns of a terminal a text takes.
#pragma once

#include <cstddef>
#include <string_view>

namespace nepho::text {

// 0 for combining and zero-width characters, 2 for East Asian wide ones and emoji, else 1
// (Unicode 15, EastAsianWidth.txt W and F, in ranges; rare ambiguous ones count as 1).
std::size_t display_width(char32_t c);

// The columns of one line without control characters; an invalid byte is one column.
std::size_t display_width(std::string_view line);

// The longest start of `line` that fits in `columns`, in bytes; at least one character of a
// non-empty line, however narrow.
std::size_t fitting_prefix(std::string_view line, std::size_t columns);

}  // namespace nepho::text
