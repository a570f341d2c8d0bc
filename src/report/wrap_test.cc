#include "report/wrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "text/display_width.h"

namespace nepho::report {
namespace {

using ::testing::ElementsAre;

TEST(Wrap, PrefersBlanksThenJointsThenAnywhere) {
  EXPECT_THAT(wrap({"one two three"}, 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap({"a.bcd.efg"}, 7), ElementsAre("a.bcd.", "efg"));
  EXPECT_THAT(wrap({"abcdefgh"}, 3), ElementsAre("abc", "def", "gh"));
}

TEST(Wrap, KeepsEmptyLines) { EXPECT_THAT(wrap({"", "a"}, 5), ElementsAre("", "a")); }

TEST(Wrap, AWidthOfNothingBreaksNothing) {
  EXPECT_THAT(wrap({"one two"}, 0), ElementsAre("one two"));
}

TEST(Wrap, ABlankAtTheEdgeGoes) { EXPECT_THAT(wrap({"abc def"}, 3), ElementsAre("abc", "def")); }

TEST(Wrap, WideCharactersCountTwice) {
  EXPECT_THAT(wrap({"雲雲雲"}, 4), ElementsAre("雲雲", "雲"));
}

TEST(LongestWord, EndsAtBlanksAndBehindJoints) {
  EXPECT_EQ(longest_word({"rules/aws/a_b.yml is", "four"}), 6U);  // "rules/"
  EXPECT_EQ(longest_word({"", " "}), 0U);
}

TEST(Wrap, LosesNothingButBlanksAndKeepsTheWidth) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "ab /-.,:_";
  for (int round = 0; round < 2'000; ++round) {
    std::string line;
    for (auto n = random() % 40; n != 0; --n) line += kLetters[random() % kLetters.size()];
    const std::size_t width = 1 + random() % 12;
    std::string joined;
    for (const auto& piece : wrap({line}, width)) {
      EXPECT_LE(text::display_width(piece), width) << '"' << line << '"';
      joined += piece;
    }
    std::erase(joined, ' ');
    std::erase(line, ' ');
    EXPECT_EQ(joined, line);
  }
}

}  // namespace
}  // namespace nepho::report
