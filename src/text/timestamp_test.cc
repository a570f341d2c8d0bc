#include "text/timestamp.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

std::string utc(std::string_view text) {
  const auto timestamp = parse_timestamp(text);
  return timestamp ? to_rfc3339(timestamp->time) : "none";
}

TEST(Timestamp, ReadsAnyNumberOfDigitsBehindTheSecond) {
  EXPECT_EQ(utc("2026-03-01T03:04:05Z"), "2026-03-01T03:04:05Z");
  EXPECT_EQ(utc("2026-03-01T03:04:05.120Z"), "2026-03-01T03:04:05.120Z");
  EXPECT_EQ(utc("2026-03-01T03:04:05.123456Z"), "2026-03-01T03:04:05.123456Z");
  EXPECT_EQ(utc("2026-03-01T03:04:05.1234567Z"), "2026-03-01T03:04:05.123456700Z");
  EXPECT_EQ(utc("2026-03-01T03:04:05.1234567899Z"), "2026-03-01T03:04:05.123456789Z");
}

TEST(Timestamp, AppliesTheZoneButKeepsTheCivilTime) {
  const auto timestamp = parse_timestamp("2026-03-01T01:00:00+02:30");
  ASSERT_TRUE(timestamp);
  EXPECT_EQ(to_rfc3339(timestamp->time), "2026-02-28T22:30:00Z");
  EXPECT_EQ(timestamp->civil.hour, 1U);
  EXPECT_EQ(timestamp->civil.day, 1U);
  EXPECT_EQ(utc("2026-03-01 01:00:00 -0100"), "2026-03-01T02:00:00Z");
  EXPECT_EQ(utc("2026-03-01 01:00:00 UTC"), "2026-03-01T01:00:00Z");
}

TEST(Timestamp, ReadsTimesWithoutZoneSecondOrClock) {
  EXPECT_EQ(utc("2026-03-01 03:00:00"), "2026-03-01T03:00:00Z");
  EXPECT_EQ(utc("2026-03-01T03:04"), "2026-03-01T03:04:00Z");
  EXPECT_EQ(utc("2026-03-01"), "2026-03-01T00:00:00Z");
}

TEST(Timestamp, ReadsTheMonthFirstForm) {
  EXPECT_EQ(utc("8/22/2022 6:07:16 PM"), "2022-08-22T18:07:16Z");
  EXPECT_EQ(utc("8/22/2022 12:07:16 AM"), "2022-08-22T00:07:16Z");
  EXPECT_EQ(utc("12/01/2022 18:07"), "2022-12-01T18:07:00Z");
  EXPECT_EQ(utc("8/22/2022 13:07:16 PM"), "none");
  EXPECT_EQ(utc("Mar 20, 2023, 6:08:05 PM"), "2023-03-20T18:08:05Z");
  EXPECT_EQ(utc("Jan 2, 2020 7:50:51 AM"), "2020-01-02T07:50:51Z");
  EXPECT_EQ(utc("Dec 1, 2024, 12:00:00\u202fAM"), "2024-12-01T00:00:00Z");
  EXPECT_EQ(utc("Mar 32, 2023, 6:08:05 PM"), "none");
  EXPECT_EQ(utc("May 1, 2023"), "none");
  EXPECT_EQ(utc("Monday, 2023"), "none");
  EXPECT_EQ(utc("22/8/2022"), "none");
}

TEST(Timestamp, TellsTheUnitOfANumberBySize) {
  EXPECT_EQ(utc("1772359200"), "2026-03-01T10:00:00Z");
  EXPECT_EQ(utc("1772359200.25"), "2026-03-01T10:00:00.250Z");
  EXPECT_EQ(utc("1772359200123"), "2026-03-01T10:00:00.123Z");
  EXPECT_EQ(utc("1772359200123456"), "2026-03-01T10:00:00.123456Z");
  EXPECT_EQ(utc("1772359200123456789"), "2026-03-01T10:00:00.123456789Z");
  EXPECT_EQ(utc("42"), "none");
}

TEST(Timestamp, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "x", "0000-00-00T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T03:60:00Z", "2026-03-01T03:00:00Zx", "2026-03-01T", "1600-01-01", "9999-12-31",
        "99999999999999999999", "2026-03-01T03:00:00+25:00", "1.2.3", "2026-03-01T03:00:00.Z"})
    EXPECT_EQ(utc(text), "none") << text;
}

TEST(Timestamp, CountsWeeksAsIso8601Does) {
  EXPECT_EQ((CivilTime{2021, 1, 3}).week(), 53U);
  EXPECT_EQ((CivilTime{2021, 1, 4}).week(), 1U);
  EXPECT_EQ((CivilTime{2024, 12, 30}).week(), 1U);
  EXPECT_EQ((CivilTime{2026, 12, 31}).week(), 53U);
}

TEST(Timestamp, ReadsWhatItWrites) {
  using namespace std::chrono;
  for (std::int64_t n = 200'000'000'000'000'000; n < 5'000'000'000'000'000'000;
       n += 7'654'321'987'654'321) {
    const sys_time<nanoseconds> time{nanoseconds(n)};
    const auto read = parse_timestamp(to_rfc3339(time));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->time, time);
  }
}

// The usual form has a way of its own: a fraction of nothing takes the other one.
TEST(Timestamp, TheQuickWayReadsWhatTheLongOneDoes) {
  for (const char* text :
       {"2026-03-01T03:04:05", "2024-02-29T23:59:60", "1678-01-01T00:00:00", "2261-12-31T23:59:59",
        "2025-02-29T00:00:00", "2026-13-01T00:00:00", "2026-00-10T00:00:00", "2026-03-32T00:00:00",
        "2026-03-01T24:00:00", "2026-03-01T03:60:00", "2026-03-01T03:04:61", "0000-01-01T00:00:00",
        "2262-01-01T00:00:00", "2026-03-01 03:04:05", "2026-03-0xT03:04:05",
        "2026/03/01T03:04:05"}) {
    const auto quick = parse_timestamp(std::string(text) + "Z");
    const auto slow = parse_timestamp(std::string(text) + ".0Z");
    ASSERT_EQ(quick.has_value(), slow.has_value()) << text;
    if (!quick) continue;
    EXPECT_EQ(quick->time, slow->time) << text;
    EXPECT_EQ(to_rfc3339(quick->time), to_rfc3339(slow->time)) << text;
    EXPECT_EQ(quick->civil.week(), slow->civil.week()) << text;
  }
  EXPECT_EQ(to_rfc3339(parse_timestamp("2026-03-01T03:04:05Z")->time), "2026-03-01T03:04:05Z");
}

TEST(Timestamp, ReadsTheCommonLogFormat) {
  const auto time = parse_timestamp("06/Feb/2019:01:02:03 +0100");
  ASSERT_TRUE(time);
  EXPECT_EQ(to_rfc3339(time->time), "2019-02-06T00:02:03Z");
  EXPECT_EQ(time->civil.month, 2U);
  EXPECT_EQ(time->civil.hour, 1U);
  for (const char* bad : {"06/Fob/2019:01:02:03 +0100", "31/Feb/2019:01:02:03 +0000",
                          "06/Feb/2019:01:02:03 +01000", "06/Feb/19:01:02:03", "06/Feb"}) {
    EXPECT_FALSE(parse_timestamp(bad)) << bad;
  }
}

}  // namespace
}  // namespace nepho::text
