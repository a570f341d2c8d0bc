#include "workspace/seen_logs.h"

#include <gtest/gtest.h>

namespace nepho::workspace {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 5 / 1) + hours(12);
const Silences kHour{{"aws.cloudtrail", hours(1)}};

SeenLogs after(SeenLogs seen, Instant newest, Instant now) {
  look_at(seen, {{"aws.cloudtrail", newest}}, now, kHour);
  return seen;
}

TEST(SeenLogs, ASourceIsWatchedFromTheFirstRunInWhichItWasNotSilent) {
  EXPECT_TRUE(after({}, kNoon - hours(2), kNoon).empty()) << "a sample from before";
  EXPECT_EQ(after({}, kNoon - minutes(60), kNoon),
            (SeenLogs{{"aws.cloudtrail", {kNoon - minutes(60), kNoon}}}));
}

TEST(SeenLogs, ARunThatSeesNothingNewerIsALookAllTheSame) {
  const SeenLogs seen = after({}, kNoon, kNoon);
  EXPECT_EQ(after(seen, kNoon, kNoon + hours(5)),
            (SeenLogs{{"aws.cloudtrail", {kNoon, kNoon + hours(5)}}}));
}

TEST(SeenLogs, ARunOverOlderFilesOrOtherSourcesSaysNothing) {
  const SeenLogs seen = after({}, kNoon, kNoon);
  EXPECT_EQ(after(seen, kNoon - hours(9), kNoon + hours(5)), seen);
  SeenLogs other = seen;
  look_at(other, {{"m365.audit", kNoon + hours(5)}}, kNoon + hours(5), kHour);
  EXPECT_EQ(other, seen) << "and of m365.audit no normal silence is known";
}

TEST(SeenLogs, AnEventFromTheFutureHidesNoSilence) {
  EXPECT_TRUE(after({}, kNoon + minutes(1), kNoon).empty());
  const SeenLogs seen = after({}, kNoon, kNoon);
  EXPECT_EQ(after(seen, kNoon + hours(9), kNoon + hours(5)), seen);
}

TEST(SeenLogs, ARunAsOfAnEarlierTimeTakesNoLookBack) {
  const SeenLogs seen = after(after({}, kNoon, kNoon), kNoon, kNoon + hours(5));
  EXPECT_EQ(after(seen, kNoon, kNoon + hours(1)), seen);
}

TEST(SeenLogs, ComeBackFromTheirJsonFormAndStrangeEntriesAreLeftOut) {
  const SeenLogs seen{{"aws.cloudtrail", {kNoon, kNoon + hours(5)}}, {"a\"b", {kNoon, kNoon}}};
  text::JsonWriter json;
  write_seen_logs(json, seen);
  const auto document = text::JsonDocument::parse(json.text());
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(read_seen_logs(document->root()), seen);
  const auto strange = text::JsonDocument::parse(
      R"([1, {}, {"id": "x", "last_event_time": "soon", "looked_at": "2026-05-01T00:00:00Z"}])");
  ASSERT_TRUE(strange.has_value());
  EXPECT_TRUE(read_seen_logs(strange->root()).empty());
}

}  // namespace
}  // namespace nepho::workspace
