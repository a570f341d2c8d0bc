// Many text tests on one field, answered together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "sigma/value.h"

namespace nepho::plan {

// Holds for a text when any of its values does. Exact values, of which lists in rules mostly
// consist, cost one look-up however many they are; patterns are tried one after another. Immutable
// after building; safe to share between threads.
class TextSet {
 public:
  void add(const sigma::TextValue& value);

  // `scratch` is the caller's, so that folding allocates nothing once it has grown.
  bool matches(std::string_view text, std::string& scratch) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Texts = std::unordered_set<std::string, Hash, std::equal_to<>>;

  bool matches_exactly(std::string_view text, std::string& scratch) const;
  bool matches_pattern(std::string_view text, std::string& scratch) const;

  Texts cased_;
  Texts folded_;
  // Of the folded values, when all are ASCII: an ASCII text of another length equals none of them.
  std::size_t shortest_ = static_cast<std::size_t>(-1);
  std::size_t longest_ = 0;
  bool only_ascii_ = true;
  std::vector<text::WildcardPattern> cased_patterns_;
  std::vector<text::WildcardPattern> folded_patterns_;
  // Of each of them a literal that stands in every folded text that matches.
  std::vector<std::string> required_;
};

}  // namespace nepho::plan
