#include "text/short_text.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::text {
namespace {

bool equals(const ShortText& text, const std::string& other) {
  // What lies behind must not matter.
  const std::string padded = other + std::string(kShortTextBytes, 'x');
  return text.equals_padded(std::string_view(padded).substr(0, other.size()));
}

TEST(ShortText, EqualsNothingBeforeItIsAssigned) {
  const ShortText text;
  EXPECT_FALSE(equals(text, ""));
  EXPECT_FALSE(equals(text, "a"));
}

TEST(ShortText, EqualsTheSameTextOfEveryLength) {
  for (std::size_t size = 0; size <= kShortTextBytes; ++size) {
    std::string original(size, 'a');
    ShortText text;
    text.assign(original);
    EXPECT_TRUE(equals(text, original)) << size;
    EXPECT_FALSE(equals(text, original + "a")) << size;
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = original;
      other[at] = 'b';
      EXPECT_FALSE(equals(text, other)) << size << " at " << at;
    }
  }
}

TEST(ShortText, KeepsNoLongText) {
  ShortText text;
  text.assign("before");
  text.assign(std::string(kShortTextBytes + 1, 'a'));
  EXPECT_FALSE(equals(text, std::string(kShortTextBytes + 1, 'a')));
  EXPECT_FALSE(equals(text, "before"));
}

}  // namespace
}  // namespace nepho::text
