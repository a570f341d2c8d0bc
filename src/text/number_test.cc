#include "text/number.h"

#include <gtest/gtest.h>

#include <random>

namespace nepho::text {
namespace {

Decimal number(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Decimal{});
}

TEST(Decimal, IsExactBeyondADouble) {
  EXPECT_GT(number("9007199254740993"), number("9007199254740992"));
  EXPECT_LT(number("0.1000000000000000055511151231257827"),
            number("0.1000000000000000055511151231257828"));
}

TEST(Decimal, EqualsWhateverTheSpelling) {
  EXPECT_EQ(number("1e2"), number("100"));
  EXPECT_EQ(number("404.0"), number("404"));
  EXPECT_EQ(number("-0"), number("0.000"));
  EXPECT_EQ(number("0012.50"), number("1.25E+1"));
  EXPECT_EQ(number("0.001"), number("1e-3"));
}

TEST(Decimal, OrdersNegativesTheOtherWayRound) {
  EXPECT_LT(number("-10"), number("-9"));
  EXPECT_LT(number("-0.5"), number("0"));
  EXPECT_LT(number("-1"), number("1"));
  EXPECT_LT(number("9.99"), number("10"));
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", "+", ".5", "5.", "1e", "1e+", "1e+-3", "0x1F", "inf", "nan",
                           " 1", "1 ", "1,0", "1e2000000000", "1e99999999999999999999", "١"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, IsWrittenTheSameHoweverItWasSpelt) {
  EXPECT_EQ(to_string(number("0012.50")), "1.25e1");
  EXPECT_EQ(to_string(number("1.25E+1")), "1.25e1");
  EXPECT_EQ(to_string(number("-0.001")), "-1e-3");
  EXPECT_EQ(to_string(number("-0")), "0");
  EXPECT_EQ(number(to_string(number("9007199254740993")).c_str()), number("9007199254740993"));
}

TEST(Decimal, OrdersIntegersAsTheMachineDoes) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 10'000; ++i) {
    const int shift = std::uniform_int_distribution<int>(0, 60)(random);
    const auto a = static_cast<std::int64_t>(random()) >> shift;
    const auto b = static_cast<std::int64_t>(random()) >> shift;
    ASSERT_EQ(number(std::to_string(a)) <=> number(std::to_string(b)), a <=> b) << a << " " << b;
  }
}

}  // namespace
}  // namespace nepho::text
