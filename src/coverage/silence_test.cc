#include "coverage/silence.h"

#include <gtest/gtest.h>

namespace nepho::coverage {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 5 / 1) + hours(12);

std::string dark(Instant looked_at, Instant as_of) {
  return why_dark("aws.cloudtrail", {kNoon, looked_at, hours(1)}, as_of);
}

TEST(Silence, ALogSourceIsDarkWhenItWasSilentForLongerThanIsNormal) {
  EXPECT_EQ(dark(kNoon + hours(1), kNoon + hours(9)), "");
  EXPECT_EQ(dark(kNoon + hours(5), kNoon + hours(9)),
            "aws.cloudtrail fell silent: nothing came in the 5 h after its last event, of "
            "2026-05-01T12:00:00Z; up to 60 min is normal for it");
}

TEST(Silence, WhatCameAfterTheLastLookNobodyKnows) {
  EXPECT_EQ(dark(kNoon + minutes(30), kNoon + hours(24 * 30)), "");
}

TEST(Silence, AsOfAnEarlierTimeItWasNotDarkYet) {
  EXPECT_EQ(dark(kNoon + hours(5), kNoon + minutes(30)), "");
  EXPECT_EQ(dark(kNoon + hours(5), kNoon - hours(5)), "") << "before its last event";
}

TEST(Silence, SpansAreRoundedDownToAUnitOfWhichThereAreTwo) {
  EXPECT_EQ(span_in_words(hours(48)), "2 d");
  EXPECT_EQ(span_in_words(hours(47)), "47 h");
  EXPECT_EQ(span_in_words(minutes(119)), "119 min");
  EXPECT_EQ(span_in_words(seconds(119)), "1 min");
}

TEST(Silence, TheNameOfALogSourceIsHarmlessToPrint) {
  EXPECT_TRUE(why_dark("a\x1b", {kNoon, kNoon + hours(5), hours(1)}, kNoon + hours(9))
                  .starts_with("a\\x1b fell"));
}

}  // namespace
}  // namespace nepho::coverage
