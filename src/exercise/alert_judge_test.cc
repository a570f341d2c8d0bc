#include "exercise/alert_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

using evidence::Kind;
using evidence::Outcome;
using evidence::Verdict;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const Instant kTen{std::chrono::hours(10)};

class JudgingByAlerts : public testing::Test {
 protected:
  JudgingByAlerts() {
    WatchedPlay play{.procedure = "aws.persistence.create-user",
                     .name = "case",
                     .provider = "aws",
                     .techniques = {"T1136.003"}};
    play.kind = Kind::kLive;
    play.begin = kTen;
    play.end = kTen + minutes(2);
    add_principal("eve", play.actors);
    plays_.push_back(play);
  }

  void raise(std::string rule, std::string technique, minutes after = minutes(10),
             std::string actor = "eve") {
    alert::Alert alert{.title = rule};
    alert.actors = {std::move(actor)};
    alert.time = kTen + after;
    alerts_.push_back(std::move(alert));
    rules_.push_back({.id = "SIEM: " + rule,
                      .title = rule,
                      .techniques = technique.empty() ? std::vector<std::string>{}
                                                      : std::vector{std::move(technique)}});
  }

  std::vector<Judgement> judged() {
    std::vector<std::vector<std::string>> techniques;
    for (const AlertRule& rule : rules_) techniques.push_back(rule.techniques);
    const auto matches = match_alerts(alerts_, techniques, plays_, since_);
    return judge_by_alerts({.alerts = alerts_,
                            .rules = rules_,
                            .plays = plays_,
                            .matches = matches,
                            .since = since_,
                            .alert_within = within_,
                            .known_techniques = known_});
  }
  evidence::Evidence only() { return judged().at(0).evidence; }
  evidence::Evidence stated(Word word) {
    plays_[0].took_place = false;
    plays_[0].statement = Statement{.word = word};
    return only();
  }

  std::vector<WatchedPlay> plays_;
  std::vector<alert::Alert> alerts_;
  std::vector<AlertRule> rules_;
  std::optional<Instant> since_;
  std::optional<std::chrono::seconds> within_;
  std::vector<std::vector<std::string>> known_;
};

TEST_F(JudgingByAlerts, AnAlertOfTheTechniqueIsOneOfAnOpaqueRule) {
  raise("User made", "T1136");
  const auto evidence = only();
  EXPECT_EQ(evidence.verdict, Verdict::kAlerted);
  EXPECT_EQ(evidence.outcome, Outcome::kAlerted);
  EXPECT_EQ(evidence.kind, Kind::kLive);
  EXPECT_EQ(evidence.latency, minutes(10));
  EXPECT_EQ(evidence.time, kTen + kAlertWindow);
  EXPECT_THAT(evidence.digest, HasSubstr("sha256:"));
  EXPECT_THAT(evidence.trials,
              ElementsAre(evidence::Trial{.rule = "SIEM: User made", .alerted = true}));
  EXPECT_EQ(evidence.reason, "");
}

TEST_F(JudgingByAlerts, AnAlertMappedElsewhereIsToldApart) {
  raise("Odd sign-in", "T1078.004");
  EXPECT_EQ(only().verdict, Verdict::kAlertedOther);
  EXPECT_EQ(only().outcome, Outcome::kLogged);
  EXPECT_EQ(only().reason, "'Odd sign-in' is mapped to T1078.004");
}

TEST_F(JudgingByAlerts, AnAlertPastTheAgreedTimeIsLate) {
  raise("User made", "T1136.003", minutes(31));
  within_ = minutes(30);
  EXPECT_EQ(only().verdict, Verdict::kLate);
  EXPECT_TRUE(only().trials.at(0).late);
  EXPECT_EQ(only().reason, "the first alert came 1860 s after the attack began, agreed are 1800 s");
  raise("Another", "T1136.003", minutes(5));
  EXPECT_EQ(only().verdict, Verdict::kAlerted);
  plays_[0].kind = Kind::kSynthetic;
  alerts_.pop_back();
  rules_.pop_back();
  EXPECT_EQ(only().verdict, Verdict::kAlerted);
  EXPECT_EQ(only().latency, std::nullopt);
}

TEST_F(JudgingByAlerts, WhereNobodyKnowsWhenItBeganOnlyTheAlertCanSayThatItIsLate) {
  plays_[0].is_begin_known = false;
  within_ = minutes(30);
  raise("User made", "T1136.003", minutes(31));
  EXPECT_EQ(only().verdict, Verdict::kAlerted);
  EXPECT_EQ(only().latency, std::nullopt);
  alerts_[0].seen_from = kTen;
  EXPECT_EQ(only().verdict, Verdict::kLate);
}

TEST_F(JudgingByAlerts, ALookalikeTakesTheProof) {
  WatchedPlay benign = plays_[0];
  benign.is_lookalike = true;
  benign.name = "case: Terraform makes a user";
  benign.actors = {"terraform"};
  plays_.push_back(benign);
  raise("User made", "T1136.003");
  EXPECT_EQ(only().verdict, Verdict::kAlerted);
  raise("User made", "T1136.003", minutes(3), "terraform");
  EXPECT_EQ(only().verdict, Verdict::kAlsoBenign);
  EXPECT_THAT(judged(), SizeIs(1));
}

TEST_F(JudgingByAlerts, SilenceIsAMissOnlyWhereTheLogArrives) {
  EXPECT_EQ(only().verdict, Verdict::kNoAlert);
  EXPECT_EQ(only().outcome, Outcome::kLogged);
  plays_[0].unseen = "aws.cloudtrail is not received";
  EXPECT_EQ(only().verdict, Verdict::kNoTelemetry);
  EXPECT_EQ(only().outcome, Outcome::kNone);
}

TEST_F(JudgingByAlerts, WhatDidNotTakePlaceIsNoMiss) {
  plays_[0].took_place = false;
  EXPECT_EQ(only().verdict, Verdict::kNotPlayed);
  EXPECT_EQ(only().outcome, Outcome::kError);
  raise("User made", "T1136.003");
  EXPECT_EQ(only().verdict, Verdict::kNotPlayed);
  plays_[0].ids.insert("run");  // somebody played it after all
  alerts_[0].ids_within = {"run"};
  EXPECT_EQ(only().verdict, Verdict::kAlerted);
}

TEST_F(JudgingByAlerts, WhatCouldNotBeReadIsAnError) {
  plays_[0].fault = "no such file";
  raise("User made", "T1136.003");
  EXPECT_EQ(only().verdict, Verdict::kError);
}

TEST_F(JudgingByAlerts, AmbiguousAlertsAreTold) {
  plays_.push_back(plays_[0]);
  plays_[1].name = "other";
  raise("User made", "T1136.003");
  EXPECT_EQ(only().verdict, Verdict::kNoAlert);
  EXPECT_THAT(only().reason, HasSubstr("1 alert fits this and other equally"));
}

TEST_F(JudgingByAlerts, AnInformationalAlertReachesNobody) {
  raise("User made", "T1136.003");
  rules_[0].is_informational = true;
  EXPECT_EQ(only().verdict, Verdict::kNoAlert);
}

TEST_F(JudgingByAlerts, ATechniqueThatNoKnownRuleNamesIsAGap) {
  // Nothing is known of the product's rules.
  EXPECT_TRUE(judged()[0].is_claimed);
  EXPECT_FALSE(judged()[0].is_claim_known);
  known_ = {{"T1078"}};
  EXPECT_FALSE(judged()[0].is_claimed);
  EXPECT_TRUE(judged()[0].is_claim_known);
  known_.push_back({"T1136"});
  EXPECT_TRUE(judged()[0].is_claimed);
}

TEST_F(JudgingByAlerts, APersonsWordBecomesItsVerdict) {
  EXPECT_EQ(stated(Word::kAlerted).verdict, Verdict::kAlerted);
  EXPECT_THAT(stated(Word::kAlerted).trials, SizeIs(1));  // else it would count as a miss
  EXPECT_EQ(stated(Word::kNoAlert).verdict, Verdict::kNoAlert);
  EXPECT_EQ(stated(Word::kLogged).outcome, Outcome::kLogged);
  EXPECT_EQ(stated(Word::kNoTelemetry).verdict, Verdict::kNoTelemetry);
  EXPECT_EQ(stated(Word::kBlocked).outcome, Outcome::kBlocked);
  EXPECT_EQ(stated(Word::kError).verdict, Verdict::kError);
  EXPECT_EQ(stated(Word::kPlayed).verdict, Verdict::kNotPlayed);
  EXPECT_EQ(stated(Word::kPlayed).outcome, Outcome::kError);
  EXPECT_EQ(stated(Word::kNotPlayed).verdict, Verdict::kNotPlayed);
}

TEST_F(JudgingByAlerts, AStatedAlertMayNameItsRuleAndBeLate) {
  within_ = minutes(30);
  plays_[0].statement =
      Statement{.word = Word::kAlerted, .rule = "User\x1b made", .time = kTen + minutes(40)};
  EXPECT_EQ(only().verdict, Verdict::kLate);
  EXPECT_EQ(only().trials.at(0).rule, "User\\x1b made");
}

}  // namespace
}  // namespace nepho::exercise
