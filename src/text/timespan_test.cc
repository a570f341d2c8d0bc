#include "text/timespan.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

using namespace std::chrono_literals;

TEST(Timespan, TakesANumberAndAUnit) {
  EXPECT_EQ(parse_timespan("90s"), 90s);
  EXPECT_EQ(parse_timespan("15m"), 15min);
  EXPECT_EQ(parse_timespan("2h"), 2h);
  EXPECT_EQ(parse_timespan("7d"), std::chrono::days(7));
}

TEST(Timespan, RefusesAllElse) {
  for (const char* bad : {"", "m", "15", "15 m", "-1m", "1.5h", "15min", "99999999999d"}) {
    EXPECT_EQ(parse_timespan(bad), std::nullopt) << bad;
  }
}

TEST(Timespan, TakesAnyWholeNumberUpToAMillionOfAUnit) {
  EXPECT_EQ(parse_timespan("0s"), 0s);
  EXPECT_EQ(parse_timespan("007m"), 7min);
  EXPECT_EQ(parse_timespan("1000000d"), std::chrono::days(1'000'000));
  EXPECT_EQ(parse_timespan("1000001s"), std::nullopt);
  EXPECT_EQ(parse_timespan("4294967296s"), std::nullopt);  // beyond 32 bits
}

TEST(Timespan, AUnitIsOneSmallLetterBehindANumber) {
  for (const char* bad : {"s", "5S", "5w", "5y", "s5", "5ms", "5 ", " 5s", "5s ", "+5s", "0x5s"}) {
    EXPECT_EQ(parse_timespan(bad), std::nullopt) << bad;
  }
}

// Every unit goes into the next a whole number of times.
TEST(Timespan, UnitsAgreeWithEachOther) {
  EXPECT_EQ(parse_timespan("60s"), parse_timespan("1m"));
  EXPECT_EQ(parse_timespan("60m"), parse_timespan("1h"));
  EXPECT_EQ(parse_timespan("24h"), parse_timespan("1d"));
}

}  // namespace
}  // namespace nepho::text
