#include "plan/text_set.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "text/fold.h"

namespace nepho::plan {
namespace {

bool is_ascii(std::string_view text) {
  unsigned char seen = 0;
  for (const char c : text) seen |= static_cast<unsigned char>(c);
  return seen < 0x80;
}

// `text` folded into `scratch`. True when it was all ASCII.
bool fold_into(std::string_view text, std::string& scratch) {
  scratch.assign(text);
  unsigned char seen = 0;
  for (char& c : scratch) {
    seen |= static_cast<unsigned char>(c);
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  if (seen < 0x80) return true;
  scratch = text::fold_case(text);
  return false;
}

}  // namespace

void TextSet::add(const sigma::TextValue& value) {
  const text::WildcardPattern& pattern = value.pattern;
  if (!pattern.is_literal()) {
    (value.cased ? cased_patterns_ : folded_patterns_).push_back(pattern);
    if (!value.cased) required_.emplace_back(pattern.longest_literal());
    return;
  }
  const std::string literal(pattern.literal_text());
  if (value.cased) {
    cased_.insert(literal);
    return;
  }
  only_ascii_ = only_ascii_ && is_ascii(literal);
  shortest_ = std::min(shortest_, literal.size());
  longest_ = std::max(longest_, literal.size());
  folded_.insert(literal);
}

bool TextSet::matches(std::string_view text, std::string& scratch) const {
  if (!folded_.empty() && matches_exactly(text, scratch)) return true;
  if (!cased_.empty() && cased_.contains(text)) return true;
  return (!folded_patterns_.empty() && matches_pattern(text, scratch)) ||
         std::any_of(cased_patterns_.begin(), cased_patterns_.end(),
                     [&](const auto& pattern) { return pattern.matches(text); });
}

// Most texts lack the literal, which a search over the text, folded once, tells sooner than each
// pattern could.
bool TextSet::matches_pattern(std::string_view text, std::string& scratch) const {
  fold_into(text, scratch);
  for (std::size_t i = 0; i < folded_patterns_.size(); ++i) {
    const std::string& required = required_[i];
    const bool may_match =
        ::memmem(scratch.data(), scratch.size(), required.data(), required.size()) != nullptr;
    if (may_match && folded_patterns_[i].matches_ignoring_case(text)) return true;
  }
  return false;
}

bool TextSet::matches_exactly(std::string_view text, std::string& scratch) const {
  if (only_ascii_) {
    // Folding keeps the length of ASCII and shortens what becomes ASCII (the Kelvin sign, three
    // bytes, becomes "k"), so a shorter text equals none of the values, and a longer one only if it
    // is not ASCII itself.
    if (text.size() < shortest_) return false;
    if (text.size() > longest_ && (text.size() > 3 * longest_ || is_ascii(text))) return false;
  }
  if (folded_.size() == 1) return text::equal_ignoring_case(text, *folded_.begin());
  fold_into(text, scratch);
  return folded_.contains(std::string_view(scratch));
}

}  // namespace nepho::plan
