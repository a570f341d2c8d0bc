#include "sigma/escape.h"

#include <gtest/gtest.h>

#include <random>

namespace nepho::sigma {
namespace {

bool holds(std::string_view rule_text, std::string_view text) {
  return parse_pattern(rule_text).matches(text);
}

TEST(Escape, BackslashMakesAWildcardACharacter) {
  EXPECT_TRUE(holds(R"(a\*b)", "a*b"));
  EXPECT_FALSE(holds(R"(a\*b)", "axb"));
  EXPECT_TRUE(holds(R"(a\?b)", "a?b"));
}

TEST(Escape, DoubleBackslashBeforeAWildcardIsABackslashAndAWildcard) {
  EXPECT_TRUE(holds(R"(a\\*b)", R"(a\xyzb)"));
  EXPECT_FALSE(holds(R"(a\\*b)", "a*b"));
  EXPECT_TRUE(holds(R"(a\\\*b)", R"(a\*b)"));
}

TEST(Escape, LoneBackslashIsItself) {
  EXPECT_TRUE(holds(R"(C:\Temp\)", R"(C:\Temp\)"));
  EXPECT_TRUE(holds(R"(a\\b)", R"(a\b)"));
  EXPECT_TRUE(holds(R"(\\\\server)", R"(\\server)"));
  EXPECT_TRUE(holds(R"(\\\server)", R"(\\server)"));
}

TEST(Escape, WritesWhatItReads) {
  std::mt19937 random(5);
  constexpr std::string_view kLetters = "a\\*?%";
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (int j = std::uniform_int_distribution<int>(0, 8)(random); j > 0; --j)
      text += kLetters[std::uniform_int_distribution<std::size_t>(0, kLetters.size() - 1)(random)];
    const text::WildcardPattern pattern = parse_pattern(text);
    ASSERT_EQ(parse_pattern(to_rule_text(pattern)), pattern) << text;
  }
}

}  // namespace
}  // namespace nepho::sigma
