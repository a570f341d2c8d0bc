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

}  // namespace
}  // namespace nepho::coverage
