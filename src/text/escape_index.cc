#include "text/escape_index.h"

#include <bit>

#include "text/json_marks.h"
#include "text/json_scalar.h"

namespace nepho::text {

bool EscapeIndex::build(std::string_view text) {
  blocks_.assign(text.size() / (kBlockBytes * 64) + 1, 0);
  std::size_t at = text.find('\\');
  while (at != std::string_view::npos) {
    const std::size_t behind = take_near(text, at);
    if (behind == 0) return false;
    at = text.find('\\', behind);
  }
  return true;
}

// Takes the escape at `at` and those that begin in the 64 bytes from there on: where one is, others
// are near. What stands behind the last one and behind these bytes; 0 when one is no escape.
std::size_t EscapeIndex::take_near(std::string_view text, std::size_t at) {
  const bool is_at_end = text.size() - at < 64;
  const std::size_t end = is_at_end ? at + 1 : at + 64;
  std::size_t behind = at;
  for (std::uint64_t places = is_at_end ? 1 : backslashes_in_64(text.data() + at); places != 0;) {
    const std::size_t begin = at + static_cast<std::size_t>(std::countr_zero(places));
    const std::size_t block = begin / kBlockBytes;
    blocks_[block / 64] |= std::uint64_t{1} << (block % 64);
    const bool is_short = begin + 1 < text.size() && short_escape(text[begin + 1]) != 0;
    const std::size_t length = is_short ? 2 : json_escape_length(text, begin);
    if (length == 0) return 0;
    behind = begin + length;
    if (behind >= end) return behind;
    places &= ~std::uint64_t{0} << (behind - at);
  }
  return end;
}

bool EscapeIndex::may_stand_in(std::size_t begin, std::size_t end) const {
  if (begin >= end) return false;
  const std::size_t first = begin / kBlockBytes;
  const std::size_t last = (end - 1) / kBlockBytes;
  // The blocks from the first on in its word, and those up to the last in its own.
  const std::uint64_t from = ~std::uint64_t{0} << (first % 64);
  const std::uint64_t to = ~std::uint64_t{0} >> (63 - last % 64);
  if (first / 64 == last / 64) return (blocks_[first / 64] & from & to) != 0;
  for (std::size_t word = first / 64 + 1; word < last / 64; ++word) {
    if (blocks_[word] != 0) return true;
  }
  return ((blocks_[first / 64] & from) | (blocks_[last / 64] & to)) != 0;
}

}  // namespace nepho::text
