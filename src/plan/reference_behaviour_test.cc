// Series whose answer is known. The correlator is held against the same definition on random ones
// in tests/property/correlation_test.cc.
#include "plan/reference_behaviour.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::plan {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

BehaviourSample at(std::chrono::seconds time, const std::string& value) {
  return {Instant(time), std::vector{value}};
}

// Places of the events that are findings.
std::vector<std::size_t> findings(const sigma::Correlation& correlation,
                                  const std::vector<BehaviourSample>& events) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (stands_out(correlation, std::span(events).first(i + 1))) found.push_back(i);
  }
  return found;
}

sigma::Correlation asked(sigma::CorrelationType type, std::chrono::seconds timespan) {
  sigma::Correlation correlation;
  correlation.type = type;
  correlation.timespan = timespan;
  return correlation;
}

TEST(NewValue, WhatIsSeenWhileLearningIsNoFinding) {
  const auto correlation = asked(sigma::CorrelationType::kNewValue, hours(10));
  EXPECT_THAT(findings(correlation, {at(hours(0), "a"), at(hours(9), "b")}), IsEmpty());
}

TEST(NewValue, IsFoundOnceFromTheEndOfLearningOn) {
  const auto correlation = asked(sigma::CorrelationType::kNewValue, hours(10));
  EXPECT_THAT(findings(correlation, {at(hours(0), "a"), at(hours(10), "b"), at(hours(11), "b"),
                                     at(hours(12), "a"), at(hours(12), "c")}),
              ElementsAre(1, 4));
}

TEST(NewValue, OfEqualTimesTheFirstIsNew) {
  const auto correlation = asked(sigma::CorrelationType::kNewValue, hours(1));
  EXPECT_THAT(findings(correlation, {at(hours(0), "a"), at(hours(2), "b"), at(hours(2), "b")}),
              ElementsAre(1));
}

TEST(NewValue, AnEventWithoutTheFieldBeginsTheLearningAndIsNeverNew) {
  const auto correlation = asked(sigma::CorrelationType::kNewValue, hours(1));
  const BehaviourSample without{Instant(hours(0)), std::nullopt};
  EXPECT_THAT(findings(correlation, {without, at(hours(1), "a"), {Instant(hours(2)), {}}}),
              ElementsAre(1));
}

TEST(NewValue, WhatWasNotSeenForLongerThanTheMemoryIsNewAgain) {
  auto correlation = asked(sigma::CorrelationType::kNewValue, hours(1));
  correlation.behaviour.memory = hours(3);
  EXPECT_THAT(findings(correlation, {at(hours(0), "a"), at(hours(2), "b"), at(hours(3), "a"),
                                     at(hours(5), "b"), at(hours(6) + seconds(1), "a")}),
              ElementsAre(1, 4));
}

TEST(NewValue, AGroupThatWasForgottenLearnsAnew) {
  auto correlation = asked(sigma::CorrelationType::kNewValue, hours(1));
  correlation.behaviour.memory = hours(3);
  EXPECT_THAT(findings(correlation, {at(hours(0), "a"), at(hours(4), "b"), at(hours(5), "c")}),
              ElementsAre(2));
}

// 99 events with "a" from the first second on, one a second, then the values of `more`.
std::vector<BehaviourSample> mostly_a(const std::vector<std::string>& more) {
  std::vector<BehaviourSample> events;
  for (int i = 0; i < 99; ++i) events.push_back(at(seconds(i), "a"));
  for (const std::string& value : more)
    events.push_back(at(seconds(static_cast<int>(events.size())), value));
  return events;
}

sigma::Correlation rare(double limit) {
  auto correlation = asked(sigma::CorrelationType::kRare, seconds(10));
  correlation.thresholds = {{sigma::Threshold::Relation::kLt, limit}};
  correlation.behaviour.minimum = 99;
  return correlation;
}

TEST(Rare, IsFoundOnceUntilItIsNoLongerRare) {
  // Shares of "b" when it comes: 0/99, 1/100, 2/101; then "a" is common as ever.
  EXPECT_THAT(findings(rare(0.02), mostly_a({"b", "b", "b", "a"})), ElementsAre(99));
}

TEST(Rare, IsFoundAgainAfterItWasNot) {
  // "b" is common with 1/100 at a limit of 0.01, and rare again after 99 more of "a": 2/200 is not
  // below it, 2/201 is.
  std::vector<std::string> more{"b", "b"};
  more.insert(more.end(), 100, "a");
  more.emplace_back("b");
  EXPECT_THAT(findings(rare(0.01), mostly_a(more)), ElementsAre(99, 201));
}

TEST(Rare, NothingIsFoundBeforeEnoughEventsOrWhileLearning) {
  auto correlation = rare(0.02);
  correlation.behaviour.minimum = 100;
  EXPECT_THAT(findings(correlation, mostly_a({"b"})), IsEmpty());
  correlation = rare(0.02);
  correlation.timespan = seconds(100);
  EXPECT_THAT(findings(correlation, mostly_a({"b"})), IsEmpty());
}

TEST(Rare, WhatWasForgottenIsCountedNoMore) {
  auto correlation = rare(0.5);
  correlation.behaviour.minimum = 3;
  correlation.behaviour.memory = seconds(10);
  // At 30 the four of "a" are forgotten and three of "b" left: with them "a" is rare.
  EXPECT_THAT(findings(correlation, {at(seconds(0), "a"), at(seconds(0), "a"), at(seconds(0), "a"),
                                     at(seconds(0), "a"), at(seconds(9), "b"), at(seconds(19), "b"),
                                     at(seconds(29), "b"), at(seconds(30), "a")}),
              ElementsAre(7));
}

BehaviourSample place(std::chrono::seconds time, const char* latitude, const char* longitude) {
  return {Instant(time), std::vector<std::string>{latitude, longitude}};
}

// A degree of the equator is 111.195 km.
sigma::Correlation velocity() {
  auto correlation = asked(sigma::CorrelationType::kVelocity, hours(12));
  correlation.thresholds = {{sigma::Threshold::Relation::kGt, 900}};
  correlation.behaviour.distance_km = 100;
  return correlation;
}

TEST(Velocity, IsFoundAboveTheSpeedOnly) {
  // 8 degrees an hour are 890 km/h, 9 are 1001.
  EXPECT_THAT(findings(velocity(), {place(hours(0), "0", "0"), place(hours(1), "0", "8"),
                                    place(hours(2), "0", "17"), place(hours(3), "0", "17")}),
              ElementsAre(2));
}

TEST(Velocity, NearbyPlacesAtOneTimeAreNoTravelAndFarOnesAre) {
  EXPECT_THAT(findings(velocity(), {place(hours(0), "0", "0"), place(hours(0), "0", "0.8"),
                                    place(hours(0), "0", "2")}),
              ElementsAre(2));
}

TEST(Velocity, WithoutCoordinatesNothingIsFoundAndThePlaceBeforeStays) {
  EXPECT_THAT(findings(velocity(), {place(hours(0), "0", "0"),
                                    {Instant(hours(0)), {}},
                                    place(hours(0), "north", "9"),
                                    place(hours(0), "95", "9"),
                                    place(hours(1), "0", "30")}),
              ElementsAre(4));
}

TEST(Velocity, APlaceOlderThanTheTimespanIsForgotten) {
  auto correlation = velocity();
  correlation.timespan = hours(1);
  EXPECT_THAT(
      findings(correlation, {place(hours(0), "0", "0"), place(hours(1) + seconds(1), "0", "90"),
                             place(hours(2) + seconds(1), "0", "0")}),
      ElementsAre(2));
}

// Two an hour for a day, then `count` in one hour: with a median of 2 and a spread of sqrt(2), the
// n-th gives z = (n - 2) / 1.414.
std::vector<BehaviourSample> two_an_hour_and_then(int count) {
  std::vector<BehaviourSample> events;
  for (int hour = 0; hour < 24; ++hour) {
    for (int i = 0; i < 2; ++i)
      events.push_back({Instant(hours(hour)), std::vector<std::string>()});
  }
  for (int i = 0; i < count; ++i)
    events.push_back({Instant(hours(24) + seconds(i)), std::vector<std::string>()});
  return events;
}

sigma::Correlation volume() {
  auto correlation = asked(sigma::CorrelationType::kVolume, hours(1));
  correlation.thresholds = {{sigma::Threshold::Relation::kGte, 6}};
  correlation.behaviour.memory = std::chrono::days(28);
  correlation.behaviour.minimum = 24;
  return correlation;
}

TEST(Volume, IsFoundOnceAWindowWhereItComesToTheLimit) {
  // z reaches 6 with the eleventh: 9 / 1.414 = 6.4, after 8 / 1.414 = 5.7.
  EXPECT_THAT(findings(volume(), two_an_hour_and_then(40)), ElementsAre(48 + 10));
  EXPECT_THAT(findings(volume(), two_an_hour_and_then(10)), IsEmpty());
}

TEST(Volume, NothingIsFoundBeforeEnoughWindowsAreKnown) {
  auto correlation = volume();
  correlation.behaviour.minimum = 25;
  EXPECT_THAT(findings(correlation, two_an_hour_and_then(40)), IsEmpty());
}

TEST(Volume, HoursWithoutEventsCountAsNone) {
  // One event, then a silent day: the median is 0 and the spread 1.
  std::vector<BehaviourSample> events{{Instant(hours(0)), std::vector<std::string>()}};
  for (int i = 0; i < 8; ++i)
    events.push_back({Instant(hours(25) + seconds(i)), std::vector<std::string>()});
  EXPECT_THAT(findings(volume(), events), ElementsAre(6));
}

TEST(Volume, ASumIsOfTheFieldsNumbers) {
  auto correlation = volume();
  correlation.fields = {"bytes"};
  std::vector<BehaviourSample> events;
  for (int hour = 0; hour < 24; ++hour) events.push_back(at(hours(hour), "1000"));
  // A tenth of the median is the spread: z = (1600 - 1000) / 100 = 6 with the second of them.
  events.push_back(at(hours(24), "1599.5"));
  events.push_back(at(hours(24), "many"));
  events.push_back(at(hours(24), "0.5"));
  EXPECT_THAT(findings(correlation, events), ElementsAre(26));
}

TEST(Volume, WhatIsUsualAtThatTimeOfTheWeekIsNoFinding) {
  // Every Monday 50 at once, else nothing.
  auto correlation = volume();
  std::vector<BehaviourSample> events;
  for (int week = 0; week < 6; ++week) {
    for (int i = 0; i < 50; ++i)
      events.push_back({Instant(std::chrono::days(7 * week)), std::vector<std::string>()});
  }
  // In weeks 1 to 3 the zeros between are all there is to go by; from week 4 on it is the Mondays.
  EXPECT_THAT(findings(correlation, events), ElementsAre(55, 105, 155));
}

}  // namespace
}  // namespace nepho::plan
