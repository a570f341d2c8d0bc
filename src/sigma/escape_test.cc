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

// The definition, character by character: matches `text` against rule text that is still escaped.
bool holds_plainly(std::string_view rule, std::string_view text) {
  if (rule.empty()) return text.empty();
  const bool is_escape =
      rule[0] == '\\' && rule.size() > 1 && (rule[1] == '\\' || rule[1] == '*' || rule[1] == '?');
  if (is_escape)
    return !text.empty() && text[0] == rule[1] && holds_plainly(rule.substr(2), text.substr(1));
  if (rule[0] == '*')
    return holds_plainly(rule.substr(1), text) ||
           (!text.empty() && holds_plainly(rule, text.substr(1)));
  if (text.empty()) return false;
  return (rule[0] == '?' || rule[0] == text[0]) && holds_plainly(rule.substr(1), text.substr(1));
}

TEST(Escape, ReadsAsTheDefinitionDoes) {
  std::mt19937 random(9);
  const auto draw = [&](std::string_view letters) {
    std::string text;
    for (auto i = random() % 7; i > 0; --i) text += letters[random() % letters.size()];
    return text;
  };
  std::size_t num_held = 0;
  for (int round = 0; round < 50'000; ++round) {
    const std::string rule = draw("a\\*?");
    const std::string text = draw("a\\*");
    ASSERT_EQ(holds(rule, text), holds_plainly(rule, text)) << rule << " on " << text;
    num_held += holds(rule, text) ? 1 : 0;
  }
  EXPECT_GT(num_held, 1'000U);
}

TEST(Escape, OnlyWildcardsAndBackslashesCanBeEscaped) {
  EXPECT_TRUE(holds(R"(\a)", R"(\a)"));
  EXPECT_TRUE(holds(R"(\%\"\n)", R"(\%\"\n)"));
}

TEST(Escape, QuestionMarkIsOneCodePoint) {
  EXPECT_TRUE(holds("a?b", "a\u20ACb"));
  EXPECT_FALSE(holds("a?b", "ab"));
  EXPECT_FALSE(holds("a?b", "a\u20AC\u20ACb"));
}

TEST(Escape, WildcardsCrossLineEnds) {
  EXPECT_TRUE(holds("a*b", "a\nx\r\nb"));
  EXPECT_TRUE(holds("a?b", "a\nb"));
}

TEST(Escape, RunsOfWildcardsAreJoined) {
  EXPECT_EQ(parse_pattern("a***b"), parse_pattern("a*b"));
  EXPECT_EQ(to_rule_text(parse_pattern("**")), "*");
  EXPECT_NE(parse_pattern("a??b"), parse_pattern("a?b"));
}

TEST(Escape, EmptyTextIsTheEmptyText) {
  EXPECT_TRUE(holds("", ""));
  EXPECT_FALSE(holds("", "a"));
  EXPECT_EQ(to_rule_text(parse_pattern("")), "");
}

}  // namespace
}  // namespace nepho::sigma
