#include "workspace/timespan.h"

#include <gtest/gtest.h>

namespace nepho::workspace {
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

}  // namespace
}  // namespace nepho::workspace
