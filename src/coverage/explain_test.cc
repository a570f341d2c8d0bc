#include "coverage/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"
#include "coverage/write_json.h"
#include "text/json.h"

namespace nepho::coverage {
namespace {

using testing::HasSubstr;

std::string story(const Coverage& coverage, const char* technique, const char* provider) {
  std::string text;
  for (const Step& step :
       explain(coverage, *coverage.find(attack::TechniqueId{technique}, provider))) {
    text += fmt::format("{} | {}\n", to_string(step.kind), step.text);
  }
  return text;
}

Coverage sample_coverage() {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  auto off = sample_rule("off", {"T1078.004"});
  off.enabled = false;
  off.name = "Bad\n\x1b[31mname";
  inputs.detections = {sample_rule("r", {"T1078"}), off};
  inputs.fired = {{"r", 3}};
  return assess(inputs);
}

TEST(Explain, TellsEveryStepToAMappedCell) {
  EXPECT_EQ(story(sample_coverage(), "T1078.004", "aws"),
            "applies | T1078.004 applies to AWS: it was tried (said by: curated)\n"
            "log-source | logs of AWS arrive: aws.cloudtrail\n"
            "rule | rule 'Rule r' (test) works and is tagged T1078, which grants its "
            "sub-techniques at most 'mapped'; it fired 3 times\n"
            "broken | rule 'Bad\\x0a\\x1b[31mname' names this cell but counts nothing: disabled: "
            "it is switched off\n"
            "evidence | no exercise was played: nothing here is proven\n"
            "state | mapped: a working rule names it, never tested\n");
}

TEST(Explain, StopsAtATechniqueThatDoesNotApply) {
  EXPECT_EQ(story(sample_coverage(), "T1136.003", "azure"),
            "applies | T1136.003 does not apply to Azure: users live elsewhere (said by: curated)\n"
            "state | not_applicable: cannot be carried out on this provider\n");
}

TEST(Explain, SaysThatAnUnknownCellIsLeftOutOfThePercentages) {
  EXPECT_THAT(story(sample_coverage(), "T1530", "gcp"),
              HasSubstr("it is shown, and left out of the percentages"));
}

TEST(CoverageJson, HasTheFieldsOfTheContract) {
  const auto document = text::JsonDocument::parse(to_json(sample_coverage()));
  ASSERT_TRUE(document);
  const auto root = document->root();
  EXPECT_EQ(root.string_at("schema"), "nephometer/coverage/1");
  EXPECT_EQ(root.string_at("attack_version"), "19.1");
  EXPECT_EQ(root.find("totals")->find("paper")->text(), "0.157895");  // 3 of 19
  const auto cell = *root.find("cells")->children().begin();
  for (const char* field :
       {"technique",  "name",   "tactics",      "provider", "applicable", "observable", "state",
        "accepted",   "colour", "fired",        "mean",     "l90",        "tested",     "alerted",
        "procedures", "rules",  "broken_rules", "risk",     "residual",   "badges"}) {
    EXPECT_TRUE(cell.find(field)) << field;
  }
  EXPECT_EQ(cell.string_at("technique"), "T1078");
  EXPECT_EQ(cell.string_at("state"), "mapped");
  EXPECT_EQ(cell.find("fired")->text(), "3");
  EXPECT_EQ(cell.find("rules")->children().begin()->text(), "r");
}

TEST(CoverageJson, OfOneCellHoldsItsSteps) {
  const Coverage coverage = sample_coverage();
  const auto document = text::JsonDocument::parse(
      explain_json(coverage, *coverage.find(attack::TechniqueId{"T1530"}, "aws")));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().find("cell")->string_at("state"), "telemetry");
  EXPECT_EQ(document->root().find("steps")->num_children(), 5U);
}

}  // namespace
}  // namespace nepho::coverage
