// Finds many words in a text at once.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nepho::text {

// A word with whatever number its owner knows it by; several may share a word. One that ends in '*'
// is how a longer word begins; a '*' elsewhere is itself.
using NumberedWord = std::pair<std::string, std::size_t>;

// Words count as a whole (letters, digits and '_' of ASCII make up one), in any case. They may hold
// other characters ("iam/roles"). Where several begin at one place the longest counts, and what
// lies inside it does not. Immutable; threads may share it.
class WordIndex {
 public:
  WordIndex() = default;
  explicit WordIndex(std::span<const NumberedWord> words);

  // The numbers of the words in the text, ascending, each once. O(text x words that begin with the
  // same character); about 3 ns a byte for 200 words.
  std::vector<std::size_t> in(std::string_view text) const;

 private:
  struct Word {
    std::string text;  // folded, without its '*'
    bool is_beginning = false;
    std::size_t number = 0;
  };
  // By the first character; within, the longest first.
  std::array<std::vector<Word>, 256> by_first_;
};

}  // namespace nepho::text
