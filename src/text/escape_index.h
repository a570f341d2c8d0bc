// Where a JSON text has escapes: most strings of a log have none, and are then what they seem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace nepho::text {

// One bit for each 64 bytes of a text: whether an escape begins among them. Made in the pass over
// the text that has to check the escapes anyway. Keeps its memory from text to text; one owner.
class EscapeIndex {
 public:
  // False when an escape is none of RFC 8259 section 7; then the index is of no use. O(size).
  bool build(std::string_view text);

  // Whether an escape may begin in [begin, end) of the text: never wrongly false; wrongly true when
  // one stands close by. Costs a look at a word for every 4 KiB.
  bool may_stand_in(std::size_t begin, std::size_t end) const;

 private:
  static constexpr std::size_t kBlockBytes = 64;

  std::size_t take_near(std::string_view text, std::size_t at);

  std::vector<std::uint64_t> blocks_;  // bit n of word w: block 64 w + n
};

}  // namespace nepho::text
