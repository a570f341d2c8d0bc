#include "exercise/functions.h"

#include <gtest/gtest.h>

#include "exercise/errors.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

std::string time_of(std::string_view function, std::string_view argument, const char* time) {
  const auto made = time_text(function, argument, text::parse_timestamp(time)->time);
  return made && *made ? **made : "none";
}

TEST(Functions, WriteTimesAsEachServiceDoes) {
  constexpr const char* kTime = "2026-03-01T15:04:05Z";
  EXPECT_EQ(time_of("time", "", kTime), "2026-03-01T15:04:05Z");
  EXPECT_EQ(time_of("us_time", "", kTime), "Mar 1, 2026, 3:04:05 PM");
  EXPECT_EQ(time_of("iam_time", "", kTime), "Mar 1, 2026 3:04:05 PM");
  EXPECT_EQ(time_of("epoch_ms", "", kTime), "1772377445000");
  EXPECT_EQ(time_of("day", "/", kTime), "2026/03/01");
  EXPECT_EQ(time_of("compact_day", "", kTime), "20260301");
  EXPECT_EQ(time_of("clock", "", kTime), "1504");
}

TEST(Functions, MidnightAndNoonAreTwelve) {
  EXPECT_EQ(time_of("us_time", "", "2026-12-31T00:00:00Z"), "Dec 31, 2026, 12:00:00 AM");
  EXPECT_EQ(time_of("us_time", "", "2026-12-31T12:00:00Z"), "Dec 31, 2026, 12:00:00 PM");
}

TEST(Functions, MoveTimes) {
  EXPECT_EQ(time_of("time", "+1h", "2026-12-31T23:30:00Z"), "2027-01-01T00:30:00Z");
  EXPECT_EQ(time_of("time", "-1d", "2026-03-01T00:00:00Z"), "2026-02-28T00:00:00Z");
  EXPECT_EQ(time_text("time", "1h", Instant{}).error().code, kBadValue);
}

TEST(Functions, DrawTextsOfTheAskedLength) {
  Random random(1);
  EXPECT_EQ(drawn_text("upper", "17", random).value()->size(), 17U);
  EXPECT_NE(drawn_text("digits", "12", random).value()->front(), '0');
  for (int i = 0; i < 50; ++i) {
    const int number = std::stoi(*drawn_text("number", "3-5", random).value());
    EXPECT_TRUE(number >= 3 && number <= 5) << number;
  }
}

TEST(Functions, RefuseArgumentsOutOfBounds) {
  Random random(1);
  for (const char* bad : {"", "0", "4097", "x", "-1", "99999999999999999999"}) {
    EXPECT_FALSE(drawn_text("hex", bad, random)) << bad;
  }
  for (const char* bad : {"", "5-3", "1", "a-b", "0-18446744073709551615"}) {
    EXPECT_FALSE(drawn_text("number", bad, random)) << bad;
  }
}

TEST(Functions, AreNotOtherNames) {
  Random random(1);
  EXPECT_EQ(drawn_text("user", "", random).value(), std::nullopt);
  EXPECT_EQ(time_text("user", "", Instant{}).value(), std::nullopt);
}

}  // namespace
}  // namespace nepho::exercise
