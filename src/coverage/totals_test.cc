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

}  // namespace
}  // namespace nepho::coverage
