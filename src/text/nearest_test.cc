#include "text/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace nepho::text {
namespace {

constexpr std::array<std::string_view, 6> kModifiers = {"contains", "startswith", "endswith",
                                                        "cidr",     "re",         "exists"};

TEST(NearestWord, FindsOneEditOfEachKind) {
  EXPECT_EQ(nearest_word("startwith", kModifiers), "startswith");    // one too few
  EXPECT_EQ(nearest_word("startsswith", kModifiers), "startswith");  // one too many
  EXPECT_EQ(nearest_word("endswitk", kModifiers), "endswith");       // another
  EXPECT_EQ(nearest_word("conatins", kModifiers), "contains");       // two swapped
  EXPECT_EQ(nearest_word("rx", kModifiers), "re");
}

TEST(NearestWord, IgnoresCase) { EXPECT_EQ(nearest_word("CIDR", kModifiers), "cidr"); }

TEST(NearestWord, CountsASwapOfNeighboursAsOneEdit) {
  constexpr std::array<std::string_view, 2> kWords = {"abd", "bac"};
  EXPECT_EQ(nearest_word("abc", kWords), "abd");  // the first of equals
  constexpr std::array<std::string_view, 1> kSwapped = {"bac"};
  EXPECT_EQ(nearest_word("abc", kSwapped), "bac");
}

TEST(NearestWord, GivesNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest_word("windash", kModifiers), "");
  EXPECT_EQ(nearest_word("", kModifiers), "");
  EXPECT_EQ(nearest_word("contains", {}), "");
  EXPECT_EQ(nearest_word(std::string(100'000, 'c'), kModifiers), "");
}

TEST(NearestWord, AllowsAThirdOfTheLengthAndNoMore) {
  constexpr std::array<std::string_view, 1> kWord = {"abcdef"};
  EXPECT_EQ(nearest_word("abcdxx", kWord), "abcdef");
  EXPECT_EQ(nearest_word("abcxxx", kWord), "");
}

TEST(DidYouMean, AsksOrStaysSilent) {
  EXPECT_EQ(did_you_mean("startwith", kModifiers), "did you mean 'startswith'?");
  EXPECT_EQ(did_you_mean("zzzzzzzz", kModifiers), "");
}

}  // namespace
}  // namespace nepho::text
