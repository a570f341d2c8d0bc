#include "coverage/totals.h"

#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

TEST(Totals, CountCellsOverThoseThatApplyAndShowTheUnknownBeside) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1530"}),
                       sample_rule("g", {"T1530"}, "gcp", "gcp.audit")};
  inputs.log_sources["gcp.audit"].enabled = true;
  const Totals totals = assess(inputs).totals;
  // 7 techniques on three clouds; T1530 on gcp is unknown, T1136.003 on azure does not apply.
  EXPECT_EQ(totals.cells.yes, 19U);
  EXPECT_EQ(totals.cells.unknown, 1U);
  EXPECT_EQ(totals.cells.unknown_mapped, 1U);
  EXPECT_EQ(totals.cells.not_applicable, 1U);
  EXPECT_EQ(totals.cells.paper, (Share{1, 19}));
  EXPECT_EQ(totals.by_provider.at("aws").paper, (Share{1, 7}));
  EXPECT_EQ(totals.by_provider.at("gcp").paper, (Share{0, 6}));
}

TEST(Totals, CountATechniqueOnceHoweverManyTacticsItHas) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1078"})};
  const Totals totals = assess(inputs).totals;
  EXPECT_EQ(totals.cells.paper.part, 3U);  // T1078 and its two subs on aws
  EXPECT_EQ(totals.by_tactic.at("TA0001").paper.part, 3U);
  EXPECT_EQ(totals.by_tactic.at("TA0003").paper.part, 3U);
}

TEST(Totals, TellAnyProviderFromAllThatATechniqueAppliesTo) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("a", {"T1530", "T1686.001"}),
                       sample_rule("b", {"T1530"}, "azure", "azure.activity")};
  const TechniqueTally techniques = assess(inputs).totals.techniques;
  EXPECT_EQ(techniques.matrix, 7U);
  EXPECT_EQ(techniques.paper_any, (Share{2, 7}));
  EXPECT_EQ(techniques.paper_all, (Share{1, 7}));  // T1530: gcp is not known to apply
}

TEST(Totals, CountACellWithOnlyBrokenRulesAsBroken) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("a", {"T1530"}, "aws", "aws.s3"),
                       sample_rule("b", {"T1686.001"}, "aws", "aws.s3"),
                       sample_rule("c", {"T1686.001"})};
  EXPECT_EQ(assess(inputs).totals.cells.broken, 1U);
}

TEST(Totals, NothingCoversNothing) {
  EXPECT_EQ(Share{}.ratio(), 0);
  EXPECT_EQ(totals_of(Coverage{}).cells.paper.ratio(), 0);
}

TEST(Totals, AreFoundByTheNamesThatFailUnderTakes) {
  Tally tally;
  tally.paper = {1, 2};
  EXPECT_EQ(share_named(tally, "paper"), &tally.paper);
  EXPECT_EQ(share_named(tally, "validated"), &tally.validated);
  EXPECT_EQ(share_named(tally, "papers"), nullptr);
}

// Whatever the states, the shares nest: validated within exercised, both over the same whole.
TEST(Totals, WhatIsValidatedIsExercisedToo) {
  const SampleMatrix sample;
  Coverage coverage = assess(sample.inputs());
  for (const State state : kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    for (Cell& cell : coverage.cells) {
      if (cell.applicability.applies == attack::Applies::kYes) cell.state = state;
    }
    const Tally cells = totals_of(coverage).cells;
    EXPECT_EQ(cells.validated.part, state == State::kValidated ? cells.yes : 0U);
    EXPECT_GE(cells.exercised.part, cells.validated.part);
    EXPECT_EQ(cells.exercised.whole, cells.yes);
    EXPECT_EQ(cells.by_state[static_cast<std::size_t>(state)], cells.yes);
  }
}

// Tests may fail a mapped cell; on paper it stays mapped.
TEST(Totals, PaperCountsRulesWhateverTheirTestsSaid) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1530"})};
  Coverage coverage = assess(inputs);
  for (Cell& cell : coverage.cells) {
    if (cell.is_mapped()) cell.state = State::kFailing;
  }
  EXPECT_EQ(totals_of(coverage).cells.paper.part, 1U);
  EXPECT_EQ(totals_of(coverage).cells.exercised.part, 0U);
}

TEST(Totals, AProviderWithoutACellIsListedAllTheSame) {
  Coverage coverage;
  coverage.providers = {{.id = "okta", .name = "Okta"}};
  const Totals totals = totals_of(coverage);
  ASSERT_TRUE(totals.by_provider.contains("okta"));
  EXPECT_EQ(totals.by_provider.at("okta").yes, 0U);
}

TEST(Totals, ACellWithoutARowCountsInItsProviderAndInNoTactic) {
  Coverage coverage;
  coverage.cells = {{.technique = {"T1530"},
                     .provider = "aws",
                     .applicability = {.applies = attack::Applies::kYes}}};
  const Totals totals = totals_of(coverage);
  EXPECT_EQ(totals.cells.yes, 1U);
  EXPECT_EQ(totals.by_provider.at("aws").yes, 1U);
  EXPECT_TRUE(totals.by_tactic.empty());
}

TEST(Totals, TakenAgainAreTheSame) {
  const SampleMatrix sample;
  const Coverage coverage = assess(sample.inputs());
  EXPECT_EQ(totals_of(coverage), coverage.totals);
}

}  // namespace
}  // namespace nepho::coverage
