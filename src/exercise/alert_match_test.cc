#include "exercise/alert_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace nepho::exercise {
namespace {

using alert::Alert;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Instant kTen{std::chrono::hours(10)};

WatchedPlay attack(std::string actor, std::string technique = "T1136.003") {
  WatchedPlay play{
      .procedure = "p", .name = "p", .provider = "aws", .techniques = {std::move(technique)}};
  play.begin = kTen;
  play.end = kTen + minutes(2);
  add_name("111122223333", play.accounts);
  add_principal(actor, play.actors);
  add_name("198.51.100.7", play.addresses);
  play.ids.insert("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11");
  return play;
}

Alert alert_at(Instant time, std::string actor = {}) {
  Alert alert{.title = "a"};
  alert.time = time;
  if (!actor.empty()) alert.actors.push_back(std::move(actor));
  return alert;
}

Matches matched(const std::vector<Alert>& alerts, const std::vector<WatchedPlay>& plays,
                std::optional<Instant> since = std::nullopt) {
  std::vector<std::vector<std::string>> techniques;
  for (const Alert& alert : alerts) techniques.push_back(alert.techniques);
  return match_alerts(alerts, techniques, plays, since);
}

bool joins(const Alert& alert, const WatchedPlay& play) {
  return matched({alert}, {play}).joins[0].size() == 1;
}

TEST(AlertMatch, WhoAndWhenAreEnough) {
  const auto matches = matched({alert_at(kTen + minutes(10), "eve")}, {attack("eve")});
  EXPECT_THAT(matches.joins[0], ElementsAre(Join{0, Basis::kWho}));
}

TEST(AlertMatch, TheTimeOfTheActivityMustBeThePlays) {
  EXPECT_TRUE(joins(alert_at(kTen - minutes(4), "eve"), attack("eve")));
  EXPECT_FALSE(joins(alert_at(kTen - minutes(6), "eve"), attack("eve")));
  EXPECT_TRUE(joins(alert_at(kTen + hours(24), "eve"), attack("eve")));
  EXPECT_FALSE(joins(alert_at(kTen + hours(25), "eve"), attack("eve")));
  Alert later = alert_at(kTen + hours(1), "eve");
  later.seen_from = kTen + minutes(30);
  EXPECT_FALSE(joins(later, attack("eve")));
  later.seen_from = kTen + minutes(1);
  EXPECT_TRUE(joins(later, attack("eve")));
}

TEST(AlertMatch, WhatContradictsIsOfAnotherPlay) {
  EXPECT_FALSE(joins(alert_at(kTen, "mallory"), attack("eve")));
  Alert elsewhere = alert_at(kTen, "eve");
  elsewhere.accounts = {"444455556666"};
  EXPECT_FALSE(joins(elsewhere, attack("eve")));
  Alert from_elsewhere = alert_at(kTen, "eve");
  from_elsewhere.addresses = {"192.0.2.1"};
  EXPECT_FALSE(joins(from_elsewhere, attack("eve")));
}

TEST(AlertMatch, AnAccountAloneIsNotEnough) {
  Alert alert = alert_at(kTen);
  alert.accounts = {"111122223333"};
  EXPECT_FALSE(joins(alert, attack("eve")));
  alert.techniques = {"T1136"};  // the parent counts
  EXPECT_THAT(matched({alert}, {attack("eve")}).joins[0], ElementsAre(Join{0, Basis::kAccount}));
}

TEST(AlertMatch, TechniqueAndTimeAreALastResort) {
  Alert alert = alert_at(kTen);
  EXPECT_FALSE(joins(alert, attack("eve")));
  alert.techniques = {"T1136.003"};
  EXPECT_THAT(matched({alert}, {attack("eve")}).joins[0], ElementsAre(Join{0, Basis::kTechnique}));
  alert.techniques = {"T1136.001"};
  EXPECT_FALSE(joins(alert, attack("eve")));
}

// Else any alert of an ordinary day would prove an attack that nobody carried out.
TEST(AlertMatch, WhatNobodySaysTookPlaceIsOnlyKnownByItsId) {
  WatchedPlay planned = attack("eve");
  planned.took_place = false;
  Alert alert = alert_at(kTen, "eve");
  alert.techniques = {"T1136.003"};
  EXPECT_FALSE(joins(alert, planned));
  alert.ids_within = {"2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"};
  EXPECT_TRUE(joins(alert, planned));
}

TEST(AlertMatch, AnIdIsCertainWhateverElseIsSaid) {
  Alert alert = alert_at(kTen + hours(100), "mallory");
  alert.ids_within = {"2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"};
  WatchedPlay other = attack("mallory");
  other.begin = other.end = kTen + hours(100);
  other.ids.clear();
  const auto matches = matched({alert}, {attack("eve"), other});
  EXPECT_THAT(matches.joins[0], ElementsAre(Join{0, Basis::kId}));
  EXPECT_THAT(matches.joins[1], IsEmpty());
}

// Logs that are there twice, under two names: what alerted on one event did on both.
TEST(AlertMatch, AnIdThatTwoPlaysShareIsOfBoth) {
  Alert alert = alert_at(kTen, "eve");
  alert.techniques = {"T1136.003"};
  alert.ids_within = {"2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"};
  const auto matches = matched({alert}, {attack("eve"), attack("mallory", "T1078")});
  EXPECT_THAT(matches.joins[0], ElementsAre(Join{0, Basis::kId}));
  EXPECT_THAT(matches.joins[1], ElementsAre(Join{0, Basis::kId}));
}

// Records that were made anonymous for all to see.
TEST(AlertMatch, AnIdThatManyPlaysShareIsNone) {
  Alert alert = alert_at(kTen + hours(100));
  alert.ids_within = {"2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"};
  EXPECT_THAT(matched({alert}, std::vector(3, attack("eve"))).joins[2], SizeIs(1));
  EXPECT_THAT(matched({alert}, std::vector(4, attack("eve"))).unmatched, SizeIs(1));
}

TEST(AlertMatch, EventsWithoutATimeAreMatchedByTheirIds) {
  WatchedPlay play = attack("eve");
  play.has_time = false;
  Alert alert = alert_at(kTen, "eve");
  EXPECT_FALSE(joins(alert, play));
  EXPECT_THAT(matched({alert}, {play}, kTen).joins[0], SizeIs(1));  // given to the product since
  alert.ids_within = {"2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"};
  EXPECT_TRUE(joins(alert, play));
}

TEST(AlertMatch, OfTwoPlaysOfOneActorTheTechniqueDecides) {
  Alert alert = alert_at(kTen, "eve");
  alert.techniques = {"T1098.001"};
  const auto matches = matched({alert}, {attack("eve"), attack("eve", "T1098.001")});
  EXPECT_THAT(matches.joins[1], SizeIs(1));
}

TEST(AlertMatch, WhatFitsTwoPlaysEquallyCountsForNone) {
  const auto matches = matched({alert_at(kTen, "eve")}, {attack("eve"), attack("eve")});
  EXPECT_THAT(matches.joins[0], IsEmpty());
  EXPECT_THAT(matches.ambiguous, ElementsAre(Ambiguous{0, {0, 1}}));
}

TEST(AlertMatch, BeforeSinceNothingCountsAndOldLogsMayBePlayedLater) {
  const Alert now = alert_at(kTen + hours(10'000), "eve");
  EXPECT_THAT(matched({now}, {attack("eve")}).unmatched, SizeIs(1));
  EXPECT_THAT(matched({now}, {attack("eve")}, kTen + hours(9'999)).joins[0], SizeIs(1));
  EXPECT_THAT(matched({now}, {attack("eve")}, kTen + hours(10'001)).earlier, SizeIs(1));
  WatchedPlay live = attack("eve");
  live.kind = evidence::Kind::kLive;
  EXPECT_THAT(matched({now}, {live}, kTen + hours(9'999)).unmatched, SizeIs(1));
}

TEST(AlertMatch, APlayThatCouldNotBeReadTakesNothing) {
  WatchedPlay play = attack("eve");
  play.fault = "no such file";
  EXPECT_FALSE(joins(alert_at(kTen, "eve"), play));
}

// Whatever is there: each alert ends in one place, and the order of the plays changes nothing.
TEST(AlertMatch, EveryAlertIsCountedOnceInAnyOrder) {
  std::mt19937 random(7);
  const auto below = [&](unsigned most) { return random() % most; };
  for (int round = 0; round < 300; ++round) {
    std::vector<WatchedPlay> plays;
    for (unsigned i = 0; i < 1 + below(6); ++i) {
      plays.push_back(attack("user" + std::to_string(below(3)), below(2) ? "T1098" : "T1136.003"));
      plays.back().begin += minutes(below(30));
      plays.back().end = plays.back().begin + minutes(below(5));
      if (below(2)) plays.back().ids.clear();
    }
    std::vector<Alert> alerts;
    for (unsigned i = 0; i < below(10); ++i) {
      alerts.push_back(
          alert_at(kTen + minutes(below(40)), below(3) ? "user" + std::to_string(below(4)) : ""));
      if (below(2)) alerts.back().techniques = {below(2) ? "T1136" : "T1098"};
      if (below(3) == 0) alerts.back().seen_from = kTen + minutes(below(40));
    }
    const auto matches = matched(alerts, plays);
    std::size_t count =
        matches.ambiguous.size() + matches.unmatched.size() + matches.earlier.size();
    for (const auto& of_play : matches.joins) count += of_play.size();
    ASSERT_EQ(count, alerts.size());

    std::ranges::reverse(plays);
    const auto reversed = matched(alerts, plays);
    ASSERT_EQ(reversed.unmatched, matches.unmatched);
    ASSERT_EQ(reversed.ambiguous.size(), matches.ambiguous.size());
    for (std::size_t i = 0; i < plays.size(); ++i) {
      ASSERT_EQ(reversed.joins[i], matches.joins[plays.size() - 1 - i]);
    }
  }
}

}  // namespace
}  // namespace nepho::exercise
