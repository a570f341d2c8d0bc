#include "text/wildcard.h"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.h"
#include "text/fold.h"

namespace nepho::text {
namespace {

// "a*b?" as a pattern; no escapes.
WildcardPattern pattern_of(std::string_view text) {
  WildcardPattern pattern;
  for (const char c : text) {
    if (c == '*') {
      pattern.append_any_run();
    } else if (c == '?') {
      pattern.append_any_one();
    } else {
      pattern.append_literal(std::string_view(&c, 1));
    }
  }
  return pattern;
}

// The naive definition: try every way. Exponential, so only for short input.
bool naive_match(std::span<const WildcardPattern::Piece> pieces, std::string_view text) {
  if (pieces.empty()) return text.empty();
  const auto rest = pieces.subspan(1);
  switch (pieces[0].kind) {
    case WildcardPattern::Kind::kLiteral:
      return text.starts_with(pieces[0].literal) &&
             naive_match(rest, text.substr(pieces[0].literal.size()));
    case WildcardPattern::Kind::kAnyOne:
      return !text.empty() && naive_match(rest, text.substr(first_code_point(text).size));
    case WildcardPattern::Kind::kAnyRun: break;
  }
  while (true) {
    if (naive_match(rest, text)) return true;
    if (text.empty()) return false;
    text.remove_prefix(first_code_point(text).size);
  }
}

// A short text of few letters, so that matches are frequent; "\xC3\xA9" is one code point, "\xC3"
// alone is invalid.
std::string random_text(std::mt19937& random, std::span<const std::string_view> letters,
                        int max_length) {
  std::string text;
  const int length = std::uniform_int_distribution<int>(0, max_length)(random);
  for (int i = 0; i < length; ++i)
    text += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(random)];
  return text;
}

TEST(Wildcard, IsAnchoredAtBothEnds) {
  EXPECT_TRUE(pattern_of("adm*").matches("admin"));
  EXPECT_FALSE(pattern_of("adm*").matches("xadm"));
  EXPECT_TRUE(pattern_of("a*z").matches("abczz"));
  EXPECT_FALSE(pattern_of("a*z").matches("abczx"));
  EXPECT_FALSE(pattern_of("ab*ba").matches("aba"));
}

TEST(Wildcard, CrossesLineEnds) {
  EXPECT_TRUE(pattern_of("a*b").matches("a\nb"));
  EXPECT_TRUE(pattern_of("a?b").matches("a\nb"));
}

TEST(Wildcard, QuestionMarkIsOneCodePoint) {
  EXPECT_TRUE(pattern_of("a?b").matches("aéb"));
  EXPECT_FALSE(pattern_of("a??b").matches("aéb"));
  EXPECT_TRUE(
      pattern_of("*?b").matches("\xC3\xFF"
                                "b"));
}

TEST(Wildcard, EmptyPatternIsTheEmptyText) {
  EXPECT_TRUE(WildcardPattern().matches(""));
  EXPECT_FALSE(WildcardPattern().matches("x"));
  EXPECT_EQ(WildcardPattern::literal("").literal_text(), "");
}

TEST(Wildcard, JoinsNeighbours) {
  EXPECT_EQ(pattern_of("ab**c"), pattern_of("ab*c"));
  EXPECT_EQ(pattern_of("ab*c").pieces().size(), 3U);
  EXPECT_TRUE(pattern_of("**").matches_everything());
  WildcardPattern pattern = pattern_of("*a");
  pattern.prepend_any_run();
  EXPECT_EQ(pattern, pattern_of("*a"));
}

TEST(Wildcard, FoldsTextWhoseLengthChanges) {
  EXPECT_TRUE(pattern_of("*K").folded().matches_ignoring_case("xx\u212A"));  // KELVIN SIGN
  EXPECT_TRUE(pattern_of("k*é").folded().matches_ignoring_case("\u212A--É"));
}

TEST(Wildcard, NamesTheLongestLiteral) {
  EXPECT_EQ(pattern_of("a*bcd?ef").longest_literal(), "bcd");
  EXPECT_EQ(pattern_of("*").longest_literal(), "");
}

TEST(Wildcard, AgreesWithTryingEveryWay) {
  constexpr std::string_view kPatternLetters[] = {"a", "b", "*", "?", "\xC3\xA9", "\xC3"};
  constexpr std::string_view kTextLetters[] = {"a", "b", "\xC3\xA9", "\xC3", "\xA9"};
  std::mt19937 random(1);
  int num_matches = 0;
  for (int i = 0; i < 20'000; ++i) {
    const WildcardPattern pattern = pattern_of(random_text(random, kPatternLetters, 7));
    const std::string text = random_text(random, kTextLetters, 8);
    const bool expected = naive_match(pattern.pieces(), text);
    num_matches += expected;
    // A literal that ends inside a code point can only be told apart byte by byte; skip those.
    if (pattern.longest_literal().find('\xC3') == std::string_view::npos) {
      ASSERT_EQ(pattern.matches(text), expected) << text;
    }
  }
  EXPECT_GT(num_matches, 500);
}

TEST(Wildcard, IgnoringCaseIsMatchingTheFoldedText) {
  constexpr std::string_view kPatternLetters[] = {"a", "B", "*", "?", "É", "k"};
  constexpr std::string_view kTextLetters[] = {"A", "a", "b", "é", "\u212A", "K", "\xFF"};
  std::mt19937 random(2);
  for (int i = 0; i < 20'000; ++i) {
    const WildcardPattern pattern = pattern_of(random_text(random, kPatternLetters, 6)).folded();
    const std::string text = random_text(random, kTextLetters, 8);
    ASSERT_EQ(pattern.matches_ignoring_case(text), pattern.matches(fold_case(text))) << text;
  }
}

TEST(Wildcard, ManyStarsDoNotBacktrack) {
  const std::string text(100'000, 'a');
  EXPECT_FALSE(pattern_of("*a*a*a*a*a*a*b").matches_ignoring_case(text));
}

}  // namespace
}  // namespace nepho::text
