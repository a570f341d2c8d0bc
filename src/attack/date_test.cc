#include "attack/date.h"

#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

TEST(Date, IsTheDayOfATimestamp) {
  EXPECT_EQ(to_string(parse_date("2026-05-12T15:12:00.707Z")), "2026-05-12");
  EXPECT_EQ(to_string(parse_date("2024-02-29")), "2024-02-29");
}

TEST(Date, RefusesWhatIsNoDayOfTheCalendar) {
  for (const char* text : {"", "2026", "2026-13-01", "2023-02-29", "2026-05-00", "2026-05-1x",
                           "20260512xx", "-026-05-12", "2026-05-12 10:00", "2026-0--12"}) {
    EXPECT_FALSE(parse_date(text).ok()) << text;
  }
}

TEST(Date, ShowsNoDateAsNothing) { EXPECT_EQ(to_string(kNoDate), ""); }

}  // namespace
}  // namespace nepho::attack
