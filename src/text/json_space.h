// White space as JSON has it (RFC 8259, section 2). Each byte is asked by itself: a bomb may be
// nothing but blanks, and to search a set of characters for each costs ten times as much.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace nepho::text {

inline bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// How many bytes of white space `text` begins with. O(that).
inline std::size_t num_json_spaces(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_json_space) - text.begin());
}

// The first character behind them; '\0' when there is none.
inline char first_json_character(std::string_view text) {
  const std::size_t begin = num_json_spaces(text);
  return begin == text.size() ? '\0' : text[begin];
}

}  // namespace nepho::text
