#include "text/regex_literal.h"

#include <gtest/gtest.h>

#include <random>

#include "text/regex.h"

namespace nepho::text {
namespace {

TEST(RegexLiteral, IsTheLongestRunOfPlainCharacters) {
  EXPECT_EQ(required_literal(".+:assumed-role/aws:.+"), ":assumed-role/aws:");
  EXPECT_EQ(required_literal("^ab\\.cd$"), "ab.cd");
  EXPECT_EQ(required_literal("abc"), "abc");
}

TEST(RegexLiteral, LeavesOutWhatAQuantifierMakesOptional) {
  EXPECT_EQ(required_literal("abc?d"), "ab");
  EXPECT_EQ(required_literal("x*yz"), "yz");
  EXPECT_EQ(required_literal("ab{0,3}cde"), "cde");
  EXPECT_EQ(required_literal("ab+c"), "ab");
}

TEST(RegexLiteral, GivesNothingWhereItCannotBeSure) {
  for (const char* pattern :
       {"a|b", "(abc)?", "(?i)abc", "\\Qabc\\E", "[[:alpha:]]abc", "\\x41bc", "", ".*"}) {
    EXPECT_EQ(required_literal(pattern), "") << pattern;
  }
}

TEST(RegexLiteral, StandsInEveryTextThatMatches) {
  std::mt19937 random(4);
  static constexpr std::string_view kParts[] = {
      "a", "b",   "ab",    ".", "\\.", "\\d", "[ab]", "[^]a]", "*", "+",
      "?", "{2}", "{0,1}", "^", "$",   "\\b", "\\\\", "*?",    "é"};
  static constexpr std::string_view kLetters[] = {"a", "b", ".", "1", "]", "\\", "\n", "é"};
  int matched = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string pattern;
    for (unsigned i = 0; i < 1 + random() % 6; ++i) pattern += kParts[random() % std::size(kParts)];
    const auto regex = Regex::compile(pattern);
    if (!regex) continue;
    const std::string literal = required_literal(pattern);
    std::string text;
    for (unsigned i = 0; i < random() % 8; ++i) text += kLetters[random() % std::size(kLetters)];
    // Asked of the expression itself with what the literal cannot answer for: an extra branch.
    const bool matches = Regex::compile("(?:" + pattern + ")")->search(text);
    ASSERT_EQ(regex->search(text), matches) << pattern << " on " << text;
    if (!matches) continue;
    ++matched;
    ASSERT_NE(text.find(literal), std::string::npos)
        << pattern << " needs " << literal << " in " << text;
  }
  EXPECT_GT(matched, 5'000);
}

}  // namespace
}  // namespace nepho::text
