#include "coverage/baseline.h"

#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

TEST(Baseline, ShipsTheSixTechniquesOfTheMission) {
  const auto patterns = load_baseline(Knowledge());
  ASSERT_TRUE(patterns) << to_string(patterns.error());
  EXPECT_EQ(*patterns,
            (std::vector<std::string>{"T1078", "T1098", "T1136", "T1530", "T1537", "T1580"}));
}

TEST(Baseline, NamesTheKeyOrTheTechniqueThatIsWrong) {
  const auto key = parse_baseline("cores: [T1078]\n", "core.yml");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().place.line, 1U);
  const auto id = parse_baseline("core: [T1078, TA0001]\n", "core.yml");
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().code, kBadBaseline);
}

TEST(Baseline, CountsTheCoreCellsThatApply) {
  const SampleMatrix sample;  // core: T1078 and T1530
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1530", "T1136"})};
  const Coverage coverage = assess(inputs);
  const BaselineTally tally = baseline_of(coverage);
  EXPECT_EQ(tally.mapped, (Share{1, 5}));  // T1530 on gcp is not known to apply
  EXPECT_EQ(tally.exercised, (Share{0, 5}));
  ASSERT_EQ(tally.open.size(), 4U);
  EXPECT_EQ(tally.open[0]->technique.value, "T1078");
}

// The place is that of the pattern, not of the file: lists are long.
TEST(Baseline, AWrongPatternIsNamedAtItsPlace) {
  const auto parsed = parse_baseline("core:\n  - T1078\n  - T10\n", "core.yml");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, kBadBaseline);
  EXPECT_EQ(parsed.error().place.file, "core.yml");
  EXPECT_EQ(parsed.error().place.line, 3U);
  EXPECT_EQ(parsed.error().place.column, 5U);
}

// Nested or left empty, a pattern must not go missing in silence: the baseline would look met.
TEST(Baseline, RefusesWhatIsNoListOfTexts) {
  for (const char* bad : {"core: [[T1078]]\n", "core: [T1078, {T1530: x}]\n", "core: {T1078: x}\n",
                          "core: [T1078, ~]\n", "core:\n", "{}\n"}) {
    const auto parsed = parse_baseline(bad, "core.yml");
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code, kBadBaseline) << bad;
  }
}

TEST(Baseline, MayBeEmptyWhenSomebodySaysSo) {
  const auto parsed = parse_baseline("core: []\n", "core.yml");
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->empty());
}

TEST(Baseline, TakesOneTextForAListOfOneAndAllSubtechniques) {
  EXPECT_EQ(*parse_baseline("core: T1078\n", "f"), std::vector<std::string>{"T1078"});
  EXPECT_EQ(*parse_baseline("core: [T1078.*, T1136.003]\n", "f"),
            (std::vector<std::string>{"T1078.*", "T1136.003"}));
}

TEST(Baseline, ReadsNoFileThatIsNone) {
  EXPECT_FALSE(parse_baseline("core: [", "f"));
  EXPECT_FALSE(parse_baseline("- core\n", "f"));
  EXPECT_FALSE(parse_baseline("", "f"));
}

TEST(Baseline, APatternOfSubtechniquesLeavesTheTechniqueOut) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.core = {"T1078.*"};
  const Coverage coverage = assess(inputs);
  EXPECT_FALSE(coverage.find(attack::TechniqueId{"T1078"})->is_core);
  EXPECT_TRUE(coverage.find(attack::TechniqueId{"T1078.004"})->is_core);
  EXPECT_EQ(baseline_of(coverage).mapped.whole, 6U);  // two subs on three clouds
}

TEST(Baseline, OnlyProofMakesACoreCellProven) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.core = {"T1530"};
  inputs.detections = {sample_rule("r", {"T1530"})};
  Coverage coverage = assess(inputs);
  auto& cell = *std::ranges::find_if(
      coverage.cells, [](const Cell& one) { return one.technique.value == "T1530"; });
  for (const State state : kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    cell.state = state;
    const bool is_proof = state == State::kExercised || state == State::kValidated;
    EXPECT_EQ(baseline_of(coverage).exercised.part, is_proof ? 1U : 0U) << to_string(state);
  }
}

TEST(Baseline, WithoutACoreIsEmpty) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.core.clear();
  const Coverage coverage = assess(inputs);
  EXPECT_EQ(baseline_of(coverage).mapped, (Share{0, 0}));
  EXPECT_TRUE(baseline_of(coverage).open.empty());
}

}  // namespace
}  // namespace nepho::coverage
