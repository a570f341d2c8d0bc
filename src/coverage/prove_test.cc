#include "coverage/prove.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "coverage/sample.h"
#include "coverage/sift.h"

namespace nepho::coverage {
namespace {

using evidence::Kind;
using evidence::Trial;

Trial pass(std::string rule = "r", std::string hash = "h") {
  return {.rule = std::move(rule), .hash = std::move(hash), .alerted = true};
}
Trial miss(std::string rule = "r", std::string hash = "h") {
  return {.rule = std::move(rule), .hash = std::move(hash)};
}

// One cell, T1136.003 on aws, as a test wants it: rules, procedures, plays.
class Prove : public testing::Test {
 protected:
  Prove() : sample_(), inputs_(sample_.inputs()), model_(inputs_.model) {
    log_sources_ = {{"aws.cloudtrail", {"aws", true}}, {"aws.s3", {"aws", true}}};
  }

  // A rule named `id`, unchanged while its hash is "h".
  void add_rule(const std::string& id, const std::string& log_source = "aws.cloudtrail",
                bool works = true, Through through = Through::kOwnTag) {
    auto detection = sample_rule(id, {"T1136.003"}, "aws", log_source);
    detection.hash = "h";
    detections_.push_back(std::make_unique<inventory::Detection>(std::move(detection)));
    rules_.push_back({rules_.size(), through, detections_.back().get(), works});
    rule_ids_.insert(id);
  }
  void add_procedures(int number, std::vector<std::string> log_sources = {"aws.cloudtrail"}) {
    for (int i = 0; i < number; ++i) {
      procedures_.push_back(std::make_unique<evidence::Procedure>(sample_procedure(
          "p" + std::to_string(procedures_.size()), "T1136.003", "aws", log_sources)));
    }
  }
  void play(const std::string& procedure, std::vector<Trial> trials, double age_days = 5,
            Kind kind = Kind::kSynthetic) {
    plays_.push_back(sample_play(procedure, std::move(trials), age_days, kind));
  }

  Proof proof() const {
    std::vector<const evidence::Procedure*> procedures;
    for (const auto& procedure : procedures_) procedures.push_back(procedure.get());
    std::vector<Play> plays;
    for (const auto& play : plays_) plays.push_back({.evidence = &play});
    return prove({.model = model_,
                  .priors = priors_,
                  .as_of = sample_play("", {}, 0).time,
                  .log_sources = log_sources_,
                  .robustness = robustness_,
                  .rule_ids = rule_ids_,
                  .rules = rules_,
                  .procedures = procedures,
                  .plays = std::move(plays)});
  }

  SampleMatrix sample_;
  Inputs inputs_;
  Model model_;
  FittedPriors priors_;
  LogSourceUses log_sources_;
  std::map<std::string, int, std::less<>> robustness_;
  std::set<std::string, std::less<>> rule_ids_;
  std::vector<std::unique_ptr<inventory::Detection>> detections_;
  std::vector<RuleInCell> rules_;
  std::vector<std::unique_ptr<evidence::Procedure>> procedures_;
  std::vector<evidence::Evidence> plays_;
};

// The worked table of the coverage model: what the prior is does not depend on whether a rule
// alerted, so that its rows differ in the evidence alone.
struct TableRow {
  Kind kind;
  int alerted;
  int tested;
  int procedures;
  double q[2], l90[2], c[2];  // for the priors .45 and .30
  double l90_of_c;            // for .45; < 0 where the table has none
};

constexpr TableRow kTable[]{
    {Kind::kReplay, 3, 3, 4, {.681, .593}, {.354, .260}, {.920, .898}, .839},
    {Kind::kLive, 3, 3, 4, {.775, .714}, {.524, .445}, {.944, .928}, .881},
    {Kind::kLive, 1, 3, 4, {.381, .320}, {.126, .085}, {.345, .330}, .282},
    {Kind::kLive, 0, 3, 4, {.184, .123}, {.019, .004}, {.046, .031}, .005},
    {Kind::kLive, 8, 8, 8, {.887, .856}, {.751, .705}, {1, 1}, -1},
};

class WorkedTable : public Prove {
 protected:
  // base x robustness x specificity = prior.
  void set_prior(double prior) {
    model_.base_test = prior;
    model_.robustness.fill(1);
    model_.specificity_matches = model_.specificity_technique = 1;
  }
  void play_row(const TableRow& row) {
    procedures_.clear();
    plays_.clear();
    add_procedures(row.procedures);
    for (int i = 0; i < row.tested; ++i) {
      play("p" + std::to_string(i), {i < row.alerted ? pass() : miss()}, 5, row.kind);
    }
  }
};

constexpr double kPrinted = 0.0005;  // three digits, rounded

TEST_F(WorkedTable, HoldsToItsPrintedDigits) {
  add_rule("r");
  for (const int column : {0, 1}) {
    set_prior(column == 0 ? .45 : .30);
    for (const TableRow& row : kTable) {
      play_row(row);
      const Proof made = proof();
      ASSERT_EQ(made.rules.size(), 1U);
      EXPECT_NEAR(made.rules[0].mean(), row.q[column], kPrinted);
      EXPECT_NEAR(made.rules[0].l90, row.l90[column], kPrinted);
      EXPECT_NEAR(made.mean, row.c[column], kPrinted);
      if (column == 0 && row.l90_of_c >= 0) {
        EXPECT_NEAR(made.l90, row.l90_of_c, kPrinted);
      }
      EXPECT_EQ(made.tested, static_cast<std::size_t>(row.tested));
      EXPECT_EQ(made.alerted, static_cast<std::size_t>(row.alerted));
    }
  }
}

TEST_F(WorkedTable, HoldsForWhatIsUntested) {
  add_rule("r");
  set_prior(.45);
  EXPECT_NEAR(proof().rules[0].mean(), .45, 1e-12);
  EXPECT_NEAR(proof().rules[0].l90, .07, 0.005);
  set_prior(.30);
  EXPECT_NEAR(proof().rules[0].l90, .015, kPrinted);
}

TEST_F(Prove, APriorIsBaseTimesRobustnessTimesSpecificity) {
  add_rule("r");
  robustness_["h"] = 4;
  const RuleProof own = proof().rules.at(0);
  EXPECT_EQ(own.level, 4);
  EXPECT_DOUBLE_EQ(own.prior, .5 * .95 * .8);
  EXPECT_DOUBLE_EQ(own.mean(), own.prior);
  rules_[0].through = Through::kParentTag;
  EXPECT_DOUBLE_EQ(proof().rules.at(0).prior, .5 * .95 * .4);
  robustness_.clear();
  EXPECT_EQ(proof().rules.at(0).level, 3) << "a rule that cannot be looked into";
}

TEST_F(Prove, ARuleThatAlertedIsSpecificForCertain) {
  add_rule("r", "aws.cloudtrail", true, Through::kParentTag);
  add_procedures(1);
  play("p0", {miss()});
  EXPECT_EQ(proof().rules.at(0).specificity, .4);
  play("p0", {pass()}, 1);
  EXPECT_EQ(proof().rules.at(0).specificity, 1);
}

TEST_F(Prove, OneWayMoreStandsBeside) {
  add_rule("r");
  add_procedures(1);
  play("p0", {pass()}, 5, Kind::kLive);
  const Proof made = proof();
  EXPECT_EQ(made.mean, 1);
  EXPECT_DOUBLE_EQ(made.mean_next, (1 + made.rules[0].mean()) / 2);
}

TEST_F(Prove, WithoutProceduresOnlyTheUnknownWayIsThere) {
  add_rule("r");
  const Proof made = proof();
  EXPECT_EQ(made.num_procedures, 0U);
  EXPECT_DOUBLE_EQ(made.mean, made.rules[0].mean());
  EXPECT_DOUBLE_EQ(made.mean_next, made.mean);
}

TEST_F(Prove, WithinALogSourceTheBestRuleCounts) {
  add_rule("a");
  add_rule("b");
  robustness_["h"] = 5;
  const double one = proof().rules[0].mean();
  EXPECT_DOUBLE_EQ(proof().mean, one);
}

TEST_F(Prove, AcrossLogSourcesTheyAreIndependent) {
  add_rule("a");
  add_rule("b", "aws.s3");
  const double q = proof().rules[0].mean();
  EXPECT_DOUBLE_EQ(proof().mean, 1 - (1 - q) * (1 - q));
  log_sources_["aws.s3"].share = .5;
  EXPECT_DOUBLE_EQ(proof().mean, 1 - (1 - q) * (1 - q / 2));
}

TEST_F(Prove, AnAlertCountsForTheAccountsThatAreSeen) {
  add_rule("r");
  add_procedures(1);
  log_sources_["aws.cloudtrail"].share = .25;
  play("p0", {pass()});
  EXPECT_DOUBLE_EQ(proof().mean, .25);
}

// Only data events show it: a rule that reads the trail reads them, where they are collected.
TEST_F(Prove, APartOfALogSourceIsReadByItsRules) {
  add_rule("r");
  add_procedures(1, {"aws.cloudtrail.s3_data"});
  EXPECT_EQ(proof().mean, 0) << "the data events are not collected";
  log_sources_["aws.cloudtrail.s3_data"] = {"aws", true, .5};
  EXPECT_DOUBLE_EQ(proof().mean, proof().rules[0].mean() / 2);
}

TEST_F(Prove, ARuleOnLogsThatDoNotShowAProcedureIsNoHelpThere) {
  add_rule("r", "aws.s3");
  add_procedures(1);
  EXPECT_EQ(proof().mean, 0);
  EXPECT_GT(proof().unknown_way.mean, 0);
}

TEST_F(Prove, WhatNoLogShowsIsMissed) {
  add_rule("r");
  add_procedures(2);
  procedures_[0]->observable = evidence::Observable::kNo;
  const Proof made = proof();
  EXPECT_EQ(made.procedures[0].mean, 0);
  EXPECT_EQ(made.observable, evidence::Observable::kPartly);
}

// "Kinds are never mixed": what a real attack showed is not outdated by made records.
TEST_F(Prove, TheLatestOfEachKindWeighs) {
  add_rule("r");
  add_procedures(1);
  play("p0", {pass()}, 10, Kind::kLive);
  const double live = proof().rules[0].passed;
  play("p0", {pass()}, 5);
  const Proof made = proof();
  EXPECT_NEAR(made.rules[0].passed, live + .25 * std::exp2(-5.0 / 90), 1e-12);
  EXPECT_TRUE(made.is_real);
  play("p0", {pass()}, 20, Kind::kLive);
  EXPECT_EQ(proof().rules[0].passed, made.rules[0].passed) << "an older play of the kind";
  EXPECT_EQ(proof().num_superseded, 1U);
}

TEST_F(Prove, TheLatestPlayDecidesWhatWasShown) {
  add_rule("r");
  add_procedures(1);
  play("p0", {pass()}, 10, Kind::kLive);
  play("p0", {miss()}, 5);
  EXPECT_EQ(proof().procedures[0].shown, Shown::kSilent);
  play("p0", {pass()}, 1);
  EXPECT_EQ(proof().procedures[0].shown, Shown::kAlerted);
}

TEST_F(Prove, OfTheSameMomentSilenceStands) {
  add_rule("r");
  add_procedures(1);
  play("p0", {pass()});
  play("p0", {miss()});
  const Proof made = proof();
  std::swap(plays_[0], plays_[1]);
  EXPECT_EQ(made.procedures[0].shown, Shown::kSilent);
  EXPECT_EQ(proof().mean, made.mean);
  EXPECT_EQ(made.rules[0].passed, 0);
}

TEST_F(Prove, ALateAlertIsAMissAndSaysSo) {
  add_rule("r");
  add_procedures(1);
  Trial late = pass();
  late.late = true;
  play("p0", {late});
  const Proof made = proof();
  EXPECT_EQ(made.procedures[0].shown, Shown::kSilent);
  EXPECT_GT(made.rules[0].missed, 0);
  EXPECT_TRUE(made.is_late);
  EXPECT_FALSE(made.was_alerted);
}

TEST_F(Prove, AnAlertOfARuleThatIsMappedElsewhereDoesNotCount) {
  add_rule("r");
  add_procedures(1);
  rule_ids_.insert("other");
  play("p0", {pass("other")});
  plays_[0].outcome = evidence::Outcome::kLogged;
  const Proof made = proof();
  EXPECT_EQ(made.procedures[0].shown, Shown::kSilent);
  EXPECT_TRUE(made.is_elsewhere);
  EXPECT_EQ(made.evidence.at(0).fate, Fate::kMappedElsewhere);
}

// GuardDuty, another SIEM: no text, no hash, and yet an alert was seen.
TEST_F(Prove, AnAlertOfAnOpaqueRuleCounts) {
  add_procedures(1);
  play("p0", {pass("guardduty:x", "")});
  EXPECT_EQ(proof().procedures[0].shown, Shown::kAlerted);
  EXPECT_EQ(proof().mean, 1);
}

TEST_F(Prove, AProcedureThatOnlyFreshEvidenceNamesIsKnown) {
  add_rule("r");
  add_procedures(1);
  play("case-17", {pass()}, 5, Kind::kReplay);
  EXPECT_EQ(proof().num_procedures, 2U);
  plays_[0].time -= std::chrono::days(200);
  EXPECT_EQ(proof().num_procedures, 1U);
}

TEST_F(Prove, APlayInWhichNoRuleWasTriedIsSilent) {
  add_rule("r");
  add_procedures(1);
  play("p0", {});
  const Proof made = proof();
  EXPECT_EQ(made.mean, 0);
  EXPECT_EQ(made.tested, 1U);
  EXPECT_EQ(made.rules[0].missed, 0) << "no trial";
}

TEST_F(Prove, NumbersKeepTheirBounds) {
  add_rule("a");
  add_rule("b", "aws.s3");
  add_procedures(3, {"aws.cloudtrail", "aws.s3"});
  play("p0", {pass("a")});
  play("p1", {miss("a"), pass("b")});
  const Proof made = proof();
  EXPECT_LE(made.l90, made.mean);
  EXPECT_LE(made.mean, 1);
  EXPECT_GT(made.l90, 0);
}

}  // namespace
}  // namespace nepho::coverage
