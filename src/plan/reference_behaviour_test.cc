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

}  // namespace
}  // namespace nepho::plan
