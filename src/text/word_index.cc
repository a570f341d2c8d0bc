#include "text/word_index.h"

#include <algorithm>

namespace nepho::text {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(char c) {
  const char folded = lower(c);
  return (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool begins_with(std::string_view text, std::string_view folded) {
  return text.size() >= folded.size() &&
         std::ranges::equal(text.substr(0, folded.size()), folded, {}, lower);
}

// Whether a word may begin or end between the two.
bool is_border(char before, char after) { return !is_word(before) || !is_word(after); }

}  // namespace

WordIndex::WordIndex(std::span<const NumberedWord> words) {
  for (const auto& [text, number] : words) {
    Word word{.text = text, .is_beginning = text.ends_with('*'), .number = number};
    if (word.is_beginning) word.text.pop_back();
    if (word.text.empty()) continue;
    std::ranges::transform(word.text, word.text.begin(), lower);
    by_first_[static_cast<unsigned char>(word.text.front())].push_back(std::move(word));
  }
  for (std::vector<Word>& group : by_first_)
    std::ranges::stable_sort(group, std::ranges::greater(),
                             [](const Word& word) { return word.text.size(); });
}

std::vector<std::size_t> WordIndex::in(std::string_view text) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 0;  // of the longest here
    if (at == 0 || is_border(text[at - 1], text[at])) {
      const std::string_view rest = text.substr(at);
      for (const Word& word : by_first_[static_cast<unsigned char>(lower(text[at]))]) {
        const std::size_t end = word.text.size();
        if (end < size) break;
        const bool fits =
            begins_with(rest, word.text) &&
            (word.is_beginning || end == rest.size() || is_border(rest[end - 1], rest[end]));
        if (!fits) continue;
        size = end;
        found.push_back(word.number);
      }
    }
    at += std::max<std::size_t>(size, 1);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace nepho::text
