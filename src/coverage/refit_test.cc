#include "coverage/refit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using evidence::Kind;

Model shipped() { return load_model(Knowledge()).value(); }

TEST(FitBeta, FindsTheMeanAndTheWeightThatTheRulesWereDrawnWith) {
  std::mt19937 random(1);
  for (const auto& [mean, trials] : {std::pair(0.3, 3.0), {0.5, 6.0}, {0.8, 4.0}}) {
    std::gamma_distribution<double> of_a(mean * trials);
    std::gamma_distribution<double> of_b((1 - mean) * trials);
    std::vector<TestedRule> rules;
    for (int i = 0; i < 20'000; ++i) {
      const double a = of_a(random);
      const int plays = 2 + i % 5;
      std::binomial_distribution<int> alerts(plays, a / (a + of_b(random)));
      rules.push_back({alerts(random) / double(plays), double(plays)});
    }
    const auto fitted = fit_beta(rules, shipped());
    EXPECT_NEAR(fitted.mean, mean, 0.02);
    EXPECT_NEAR(fitted.trials, trials, 0.1 * trials);
  }
}

// Four rules of two trials: shares 1, 1, .5, 0. By hand: m = .625, S = 1.375, S / (m (1 - m)) =
// 5.8667; v_i = 2 (1 - 2 / 8) = 1.5, sum v_i / n_i = 3, sum v_i (1 - 1 / n_i) = 3; g = .9556; n0 =
// .0465, held at 2.
TEST(FitBeta, IsHeldWithinTheModelsBounds) {
  Model model = shipped();
  const std::vector<TestedRule> rules{{1, 2}, {1, 2}, {0.5, 2}, {0, 2}};
  EXPECT_EQ(fit_beta(rules, model).trials, 2);
  model.refit_min_trials = 0.001;
  EXPECT_NEAR(fit_beta(rules, model).trials, 0.0465, 1e-4);
  EXPECT_NEAR(fit_beta(rules, model).mean, 0.625, 1e-12);
  const std::vector<TestedRule> all{{1, 3}, {1, 3}};
  const std::vector<TestedRule> none{{0, 3}, {0, 3}};
  EXPECT_EQ(fit_beta(all, model).mean, 0.90);
  EXPECT_EQ(fit_beta(none, model).mean, 0.05);
  EXPECT_EQ(fit_beta(all, model).trials, 10) << "rules that do not differ";
  const std::vector<TestedRule> once{{1, 1}, {0, 1}, {1, 1}};
  EXPECT_EQ(fit_beta(once, model).trials, 10) << "one trial each tells nothing of the spread";
}

// `number` rules of one status, each played on a procedure of its own; the first `alerted` alert.
class Refit : public testing::Test {
 protected:
  Refit() : inputs_(sample_.inputs()) { inputs_.model = shipped(); }

  void add_rules(int number, int alerted, bool is_enabled = true, Kind kind = Kind::kReplay) {
    for (int i = 0; i < number; ++i) {
      const std::string name = std::to_string(inputs_.detections.size());
      auto rule = sample_rule("r" + name, {"T1136.003"});
      rule.enabled = is_enabled;
      inputs_.detections.push_back(rule);
      inputs_.procedures.push_back(sample_procedure("p" + name));
      inputs_.evidence.push_back(sample_play(
          "p" + name, {{.rule = rule.id, .hash = rule.hash, .alerted = i < alerted}}, 5, kind));
    }
  }
  FittedPriors refitted() const { return refit(assess(inputs_)); }

  SampleMatrix sample_;
  Inputs inputs_;
};

TEST_F(Refit, AGroupNeedsTwentyTestedRules) {
  add_rules(19, 10);
  EXPECT_TRUE(refitted().groups.empty());
  add_rules(1, 0);
  const auto priors = refitted();
  ASSERT_EQ(priors.groups.size(), 1U);
  EXPECT_EQ(priors.groups[0].log_source, "aws.cloudtrail");
  EXPECT_EQ(priors.groups[0].status, "test");
  EXPECT_EQ(priors.groups[0].rules, 20U);
  EXPECT_NEAR(priors.groups[0].mean, 0.5, 1e-9);
  EXPECT_EQ(priors.groups[0].plays[static_cast<std::size_t>(Kind::kReplay)], 20U);
  EXPECT_EQ(priors.as_of, inputs_.as_of);
}

TEST_F(Refit, EvidenceOfDisabledRulesCountsToo) {
  add_rules(10, 0);
  add_rules(10, 10, false);
  const auto priors = refitted();
  ASSERT_EQ(priors.groups.size(), 1U);
  EXPECT_NEAR(priors.groups[0].mean, 0.5, 1e-9);
}

TEST_F(Refit, StaleEvidenceAndOtherStatusesDoNot) {
  add_rules(20, 10);
  inputs_.detections[3].status = "stable";
  EXPECT_TRUE(refitted().groups.empty());
  inputs_.detections[3].status = "test";
  inputs_.evidence[3] =
      sample_play("p3", {{.rule = "r3", .hash = inputs_.detections[3].hash, .alerted = true}}, 200);
  EXPECT_TRUE(refitted().groups.empty());
}

// The mean of the tested rules' priors is what was fitted, so a weak condition stays below a robust
// one by the same factor as before.
TEST_F(Refit, RobustnessAndSpecificityKeepTheirPart) {
  add_rules(30, 15);
  inputs_.priors = refitted();
  ASSERT_EQ(inputs_.priors.groups.size(), 1U);
  const Coverage coverage = assess(inputs_);
  const Proof& proof = coverage.find({"T1136.003"}, "aws")->proof;
  double sum = 0;
  for (const RuleProof& rule : proof.rules) {
    ASSERT_TRUE(rule.fitted.has_value());
    EXPECT_NEAR(rule.prior, rule.base * rule.robustness * rule.specificity, 1e-12);
    EXPECT_EQ(rule.trials, inputs_.priors.groups[0].trials);
    sum += rule.prior;
  }
  EXPECT_NEAR(sum / 30, inputs_.priors.groups[0].mean, 1e-9);
}

TEST_F(Refit, StaysFrozenWhenEvidenceComes) {
  add_rules(20, 10);
  inputs_.priors = refitted();
  const auto frozen = inputs_.priors.groups;
  add_rules(20, 0);
  const Coverage coverage = assess(inputs_);
  EXPECT_EQ(coverage.priors.groups, frozen);
  EXPECT_NE(refit(coverage).groups, frozen) << "and is another after the next refit";
}

TEST_F(Refit, DependsOnNoOrder) {
  add_rules(25, 9);
  add_rules(5, 5, false, Kind::kSynthetic);
  const auto priors = refitted();
  std::mt19937 random(3);
  std::ranges::shuffle(inputs_.evidence, random);
  std::ranges::shuffle(inputs_.detections, random);
  const auto again = refitted();
  ASSERT_EQ(priors.groups.size(), 1U);
  EXPECT_EQ(priors.groups, again.groups);
}

TEST_F(Refit, APriorIsHeldWithinItsBounds) {
  add_rules(20, 20);
  inputs_.priors = refitted();
  auto weak = sample_rule("weak", {"T1136"});  // the parent's tag: .4 of it
  weak.hash = "weak";
  inputs_.robustness["weak"] = 1;
  inputs_.detections.push_back(weak);
  inputs_.priors.groups[0].base = 0.01;
  const Coverage low = assess(inputs_);
  for (const RuleProof& rule : low.find({"T1136.003"}, "aws")->proof.rules) {
    EXPECT_EQ(rule.prior, 0.05);
  }
  inputs_.priors.groups[0].base = 9;
  const Coverage high = assess(inputs_);
  for (const RuleProof& rule : high.find({"T1136.003"}, "aws")->proof.rules) {
    EXPECT_EQ(rule.prior, 0.90);
  }
}

}  // namespace
}  // namespace nepho::coverage
