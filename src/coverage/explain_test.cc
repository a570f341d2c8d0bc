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
            "rule | rule 'Rule r' (test) works and is tagged T1078, which grants an untested "
            "sub-technique at most 'mapped'; it fired 3 times\n"
            "broken | rule 'Bad\\x0a\\x1b[31mname' names this cell but counts nothing: disabled: "
            "it is switched off\n"
            "chance | rule 'Rule r' before tests: 0.160 = base 0.50 (test) x robustness 0.80 "
            "(level 3: marks of ordinary tools or of failure) x specificity 0.40 (its tag names a "
            "relative), worth 2 trials; L90(q) = 0.000\n"
            "evidence | no exercise was played: nothing here is proven\n"
            "procedure | a way that nobody knows yet: aws.cloudtrail (1.00 of accounts) is "
            "untested, q = 0.160 by 'Rule r'; d = 0.160\n"
            "coverage | C = 0.160, of a way that nobody knows, as no procedure is known; L90(C) = "
            "0.000; with one way more 0.160\n"
            "state | mapped: a working rule names it, never tested (7th of 9: a working rule, no "
            "fresh test)\n");
}

TEST(Explain, StopsAtATechniqueThatDoesNotApply) {
  EXPECT_EQ(story(sample_coverage(), "T1136.003", "azure"),
            "applies | T1136.003 does not apply to Azure: users live elsewhere (said by: curated)\n"
            "state | not_applicable: cannot be carried out on this provider (1st of 9: it does not "
            "apply)\n");
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
  EXPECT_EQ(document->root().find("steps")->num_children(), 6U);
}

// A step is one line, whoever wrote the words in it.
TEST(Explain, NoStepHoldsALineEndOrAnEscape) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  auto rule = sample_rule("r", {"T1530"}, "aws", "aws.own\n\x1b[31m");
  rule.name = "a\nb";
  rule.status = "te\nst\x1b[31m";
  auto off = sample_rule("off\n", {"T1530"});
  off.name = "";
  off.enabled = false;
  inputs.detections = {rule, off};
  inputs.log_sources["aws.own\n\x1b[31m"] = {"aws", true};
  const Coverage coverage = assess(inputs);
  for (const Cell& cell : coverage.cells) {
    for (const Step& step : explain(coverage, cell)) {
      EXPECT_EQ(step.text.find_first_of("\n\r\x1b"), std::string::npos) << step.text;
    }
  }
}

TEST(Explain, SaysHowOftenARuleFired) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1530"})};
  inputs.fired = {{"r", 1}};
  EXPECT_THAT(story(assess(inputs), "T1530", "aws"), HasSubstr("is tagged T1530; it fired once\n"));
  inputs.fired = {{"r", 0}};
  EXPECT_THAT(story(assess(inputs), "T1530", "aws"), HasSubstr("is tagged T1530\n"));
}

TEST(Explain, NamesTheTagByWhichARuleMaps) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r", {"T1078.004"})};
  const Coverage coverage = assess(inputs);
  EXPECT_THAT(story(coverage, "T1078.004", "aws"), HasSubstr("is tagged T1078.004\n"));
  EXPECT_THAT(story(coverage, "T1078", "aws"),
              HasSubstr("is tagged a sub-technique of T1078, one part of it\n"));
}

TEST(Explain, SaysWhatIsMissingWhereNothingIsThere) {
  const SampleMatrix sample;
  EXPECT_EQ(
      story(assess(sample.inputs()), "T1078", "gcp"),
      "applies | T1078 applies to Google Cloud: it was tried (said by: curated)\n"
      "log-source | no log source of Google Cloud arrives\n"
      "rule | no working rule names it, its parent or a part of it\n"
      "evidence | no exercise was played: nothing here is proven\n"
      "part | part T1078.001: blind, C = 0.000\n"
      "part | part T1078.004: blind, C = 0.000\n"
      "coverage | C = 0.000, the mean of 2 parts; L90(C) = 0.000; with one way more 0.000\n"
      "state | blind: neither logs nor a working rule (9th of 9: no working rule, no logs)\n");
}

// A rule is called by its title, else its id, else its file: something must lead to it.
TEST(Explain, ARuleWithoutATitleIsKnownByItsIdOrItsFile) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  auto by_id = sample_rule("8a3b", {"T1530"});
  by_id.name = "";
  auto by_file = sample_rule("", {"T1530"});
  by_file.name = "";
  by_file.path = "rules/unnamed.yml";
  by_file.status = "";
  inputs.detections = {by_id, by_file};
  const std::string told = story(assess(inputs), "T1530", "aws");
  EXPECT_THAT(told, HasSubstr("rule '8a3b' (test)"));
  EXPECT_THAT(told, HasSubstr("rule 'rules/unnamed.yml' (no status)"));
}

TEST(Explain, SaysWhoAcceptedTheRisk) {
  const SampleMatrix sample;
  Inputs inputs = sample.inputs();
  inputs.accepted = {{"T1530", "aws", "accepted by ciso until 2027-06-30: so"}};
  const Coverage coverage = assess(inputs);
  EXPECT_THAT(story(coverage, "T1530", "aws"),
              HasSubstr("accepted | its risk is accepted by ciso until 2027-06-30: so\n"));
  EXPECT_THAT(story(coverage, "T1530", "azure"), testing::Not(HasSubstr("accepted |")));
}

TEST(Explain, EndsEveryStoryWithTheState) {
  const Coverage coverage = sample_coverage();
  for (const Cell& cell : coverage.cells) {
    const auto steps = explain(coverage, cell);
    EXPECT_EQ(steps.front().kind, StepKind::kApplies);
    EXPECT_EQ(steps.back().kind, StepKind::kState);
    EXPECT_TRUE(steps.back().text.starts_with(to_string(cell.state))) << steps.back().text;
  }
}

TEST(Reasons, AreJoinedInTheOrderFound) {
  EXPECT_EQ(reasons({}), "");
  EXPECT_EQ(reasons({{Fault::kDisabled, "a"}, {Fault::kMissingField, "b"}}),
            "disabled: a; missing-field: b");
}

}  // namespace
}  // namespace nepho::coverage
