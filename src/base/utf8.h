// UTF-8: reading and writing code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nepho {

// The length of the valid UTF-8 sequence (RFC 3629 section 4) at the start of `text`, 0 when there
// is none.
std::size_t utf8_sequence_length(std::string_view text);

// The code point at the start of `text` and its length; an invalid byte is itself as U+DC80..U+DCFF
// (so that it equals only itself) with length 1. `text` must not be empty.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};
CodePoint first_code_point(std::string_view text);

// The offset of the first byte that is not valid UTF-8, text.size() when all is.
std::size_t first_invalid_utf8(std::string_view text);

void append_utf8(char32_t c, std::string& out);

}  // namespace nepho
