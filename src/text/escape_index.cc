#include "text/escape_index.h"

#include "text/json_scalar.h"

namespace nepho::text {

bool EscapeIndex::build(std::string_view text) {
  blocks_.assign(text.size() / (kBlockBytes * 64) + 1, 0);
  std::size_t at = text.find('\\');
  while (at != std::string_view::npos) {
    const std::size_t block = at / kBlockBytes;
    blocks_[block / 64] |= std::uint64_t{1} << (block % 64);
    const std::size_t length = json_escape_length(text, at);
    if (length == 0) return false;
    at = text.find('\\', at + length);
  }
  return true;
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
