#include "coverage/sift.h"

#include <gtest/gtest.h>

#include <cmath>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using evidence::Evidence;
using evidence::Kind;
using evidence::Outcome;
using evidence::Trial;
using Result = SiftedTrial::Result;

constexpr auto kPassed = [] { return Trial{.rule = "r", .hash = "h", .alerted = true}; };
constexpr auto kMissed = [] { return Trial{.rule = "r", .hash = "h"}; };

// One rule "r" with the hash "h" in the cell; "other" is a rule of another cell.
class Sift : public testing::Test {
 protected:
  Sift() : model_(SampleMatrix().inputs().model), rule_(sample_rule("r", {"T1136.003"})) {
    rule_.hash = "h";
  }

  std::vector<SiftedPlay> sift_all(std::vector<Play> plays) const {
    const RuleInCell rules[]{{0, Through::kOwnTag, &rule_, works_}};
    const LogSourceUses log_sources;
    const std::map<std::string, int, std::less<>> robustness;
    const std::set<std::string, std::less<>> ids{"r", "other"};
    return sift({.model = model_,
                 .priors = priors_,
                 .as_of = sample_play("", {}, 0).time,
                 .log_sources = log_sources,
                 .robustness = robustness,
                 .rule_ids = ids,
                 .rules = rules,
                 .procedures = {},
                 .plays = std::move(plays)});
  }
  SiftedPlay sift_one(const Play& play) const {
    auto sifted = sift_all({play});
    EXPECT_EQ(sifted.size(), 1U);
    return sifted.at(0);
  }
  Fate fate_of(const Evidence& evidence) const {
    const auto sifted = sift_one({.evidence = &evidence});
    EXPECT_EQ(sifted.counts(), sifted.weight > 0);
    return sifted.fate;
  }

  FittedPriors priors_;
  Model model_;
  inventory::Detection rule_;
  bool works_ = true;
};

TEST_F(Sift, WeightFallsByHalfInAHalfLife) {
  const Evidence today = sample_play("p", {kPassed()}, 0, Kind::kLive);
  const Evidence quarter = sample_play("p", {kPassed()}, 90, Kind::kReplay);
  EXPECT_DOUBLE_EQ(sift_one({.evidence = &today}).weight, 1);
  EXPECT_DOUBLE_EQ(sift_one({.evidence = &quarter}).weight, .25);
}

TEST_F(Sift, EvidenceExpiresByTime) {
  EXPECT_EQ(fate_of(sample_play("p", {kPassed()}, 180)), Fate::kCounts);
  EXPECT_EQ(fate_of(sample_play("p", {kPassed()}, 180.01)), Fate::kTooOld);
}

TEST_F(Sift, WhatIsPlayedLaterIsNotKnownYet) {
  const Evidence later = sample_play("p", {kPassed()}, -1);
  EXPECT_TRUE(sift_all({{.evidence = &later}}).empty());
}

TEST_F(Sift, ErrorsAndBlockedRunsAreNoTests) {
  Evidence play = sample_play("p", {kPassed()});
  play.outcome = Outcome::kError;
  EXPECT_EQ(fate_of(play), Fate::kNoTest);
  play.outcome = Outcome::kBlocked;
  EXPECT_EQ(fate_of(play), Fate::kNoTest);
}

TEST_F(Sift, ATabletopWeighsNothing) {
  EXPECT_EQ(fate_of(sample_play("p", {kPassed()}, 1, Kind::kTabletop)), Fate::kNoWeight);
}

TEST_F(Sift, EvidenceExpiresWithItsSchema) {
  Evidence play = sample_play("p", {kPassed()});
  play.schema_hash = "old";
  EXPECT_EQ(sift_one({&play, true, "new"}).fate, Fate::kSchemaChanged);
  EXPECT_EQ(sift_one({&play, true, "old"}).fate, Fate::kCounts);
  EXPECT_EQ(sift_one({&play, true, ""}).fate, Fate::kCounts) << "unknown is no change";
}

TEST_F(Sift, EvidenceExpiresWithItsMapping) {
  const Evidence play = sample_play("p", {kPassed()});
  EXPECT_EQ(sift_one({&play, false, ""}).fate, Fate::kMappingChanged);
}

TEST_F(Sift, ATrialOfACopyCountsForTheRuleThatStandsForIt) {
  const Evidence play = sample_play("p", {{.rule = "other", .hash = "h", .alerted = true}});
  EXPECT_EQ(sift_one({.evidence = &play}).trials.at(0).result, Result::kElsewhere);
  rule_.also_known_as = {"other"};
  EXPECT_EQ(sift_one({.evidence = &play}).trials.at(0).result, Result::kPass);
}

TEST_F(Sift, ATrialExpiresWithItsRule) {
  Evidence play = sample_play("p", {{.rule = "r", .hash = "older", .alerted = true}});
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].result, Result::kLost);
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].fate, Fate::kRuleChanged);
  play.trials[0].alerted = false;
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].result, Result::kForgotten)
      << "who mends a rule is not held to what it missed before";
}

TEST_F(Sift, ARuleThatIsGoneTakesItsAlertsAlong) {
  const Evidence play = sample_play("p", {{.rule = "gone", .hash = "h", .alerted = true}});
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].result, Result::kLost);
}

TEST_F(Sift, ARuleThatIsOffLosesItsAlertsAndKeepsItsMisses) {
  works_ = false;
  const Evidence passed = sample_play("p", {kPassed()});
  EXPECT_EQ(sift_one({.evidence = &passed}).trials[0].result, Result::kLost);
  EXPECT_EQ(sift_one({.evidence = &passed}).trials[0].fate, Fate::kRuleOff);
  const Evidence missed = sample_play("p", {kMissed()});
  EXPECT_EQ(sift_one({.evidence = &missed}).trials[0].result, Result::kMiss);
}

TEST_F(Sift, ALateAlertIsAMiss) {
  const Evidence play =
      sample_play("p", {{.rule = "r", .hash = "h", .alerted = true, .late = true}});
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].result, Result::kMiss);
}

TEST_F(Sift, ARuleOfAnotherCellIsMappedElsewhere) {
  const Evidence play = sample_play("p", {{.rule = "other", .hash = "h", .alerted = true}});
  EXPECT_EQ(sift_one({.evidence = &play}).trials[0].result, Result::kElsewhere);
}

TEST_F(Sift, PlaysComeOldestFirstAndOnce) {
  const Evidence old = sample_play("p", {kPassed()}, 9);
  const Evidence young = sample_play("p", {kPassed()}, 3);
  const Evidence same = young;
  const auto plays = sift_all({{.evidence = &young}, {.evidence = &old}, {.evidence = &same}});
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_EQ(plays[0].evidence->time, old.time);
}

}  // namespace
}  // namespace nepho::coverage
