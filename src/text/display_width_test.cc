#include "text/display_width.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("Größe"), 5U);
  EXPECT_EQ(display_width("\u2713 \u25D0"), 3U);
}

TEST(DisplayWidth, WideCharactersTakeTwo) {
  EXPECT_EQ(display_width("\u96F2"), 2U);
  EXPECT_EQ(display_width("\U0001F600"), 2U);
}

TEST(DisplayWidth, CombiningMarksTakeNone) { EXPECT_EQ(display_width("e\u0301"), 1U); }

TEST(DisplayWidth, AnInvalidByteTakesOne) { EXPECT_EQ(display_width("\xff"), 1U); }

TEST(FittingPrefix, NeverCutsACharacter) {
  EXPECT_EQ(fitting_prefix("abc", 2), 2U);
  EXPECT_EQ(fitting_prefix("aü", 1), 1U);
  EXPECT_EQ(fitting_prefix("\u96F2\u96F2", 3), 3U);
  EXPECT_EQ(fitting_prefix("e\u0301x", 1), 3U);
}

TEST(FittingPrefix, TakesAtLeastOneCharacter) { EXPECT_EQ(fitting_prefix("\u96F2", 1), 3U); }

}  // namespace
}  // namespace nepho::text
