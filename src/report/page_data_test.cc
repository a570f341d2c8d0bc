#include "report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"
#include "report/markup_outline.h"
#include "text/json.h"

namespace nepho::report {
namespace {

using coverage::Coverage;
using coverage::sample_rule;

constexpr PageOptions kNoOptions{};

Coverage sample_coverage() {
  const coverage::SampleMatrix sample;
  coverage::Inputs inputs = sample.inputs();
  inputs.detections = {sample_rule("r1", {"T1530"}), sample_rule("r2", {"T1078"})};
  return coverage::assess(inputs);
}

text::JsonDocument parsed(const std::string& json) {
  auto document = text::JsonDocument::parse(json);
  EXPECT_TRUE(document) << json.substr(0, 300);
  return std::move(*document);
}

evidence::Evidence played(std::string technique, std::string provider) {
  return {.procedure = "aws.collection.copy",
          .technique = std::move(technique),
          .provider = std::move(provider),
          .verdict = evidence::Verdict::kNoAlert,
          .reason = "no rule matched"};
}

TEST(PageData, CarriesTheCoverageAsTheJsonFormHasIt) {
  const auto document = parsed(page_json(sample_coverage(), kNoOptions));
  EXPECT_EQ(document.root().string_at("schema"), "nephometer/page/1");
  EXPECT_EQ(document.root().find("coverage")->string_at("schema"), "nephometer/coverage/1");
}

TEST(PageData, NamesWhatTheCoverageHasByIdAlone) {
  const Coverage coverage = sample_coverage();
  const auto document = parsed(page_json(coverage, {.organisation = "Kittiwake"}));
  const auto root = document.root();
  EXPECT_EQ(root.string_at("organisation"), "Kittiwake");
  EXPECT_EQ(root.find("tactics")->num_children(), coverage.tactics.size());
  EXPECT_EQ(root.find("techniques")->num_children(), coverage.techniques.size());
  EXPECT_EQ(root.find("providers")->num_children(), coverage.providers.size());
  EXPECT_EQ(root.find("states")->num_children(), coverage::kNumStates);
}

TEST(PageData, EachCellHasTheStepsOfExplain) {
  const Coverage coverage = sample_coverage();
  const auto document = parsed(page_json(coverage, kNoOptions));
  const auto details = *document.root().find("details");
  EXPECT_EQ(details.num_children(), coverage.cells.size());
  EXPECT_GE(details.find("T1530@aws")->find("why")->num_children(), 4U);
}

TEST(PageData, ProofGoesToItsOwnCell) {
  const std::vector<evidence::Evidence> evidence{played("T1530", "aws")};
  const std::vector<evidence::Procedure> procedures{{.id = "aws.collection.copy",
                                                     .name = "A bucket is copied",
                                                     .technique = "T1530",
                                                     .provider = "aws"}};
  const auto document = parsed(page_json(sample_coverage(), kNoOptions, {evidence, procedures}));
  const auto details = *document.root().find("details");
  EXPECT_EQ(details.find("T1530@aws")->find("evidence")->num_children(), 1U);
  EXPECT_EQ(details.find("T1530@aws")->find("procedures")->num_children(), 1U);
  EXPECT_EQ(details.find("T1530@azure")->find("evidence")->num_children(), 0U);
}

TEST(PageData, LeadershipGetsNothingOfSingleCells) {
  const Coverage coverage = sample_coverage();
  const auto engineering = parsed(page_json(coverage, kNoOptions));
  const auto leadership = parsed(page_json(coverage, {.audience = Audience::kLeadership}));
  EXPECT_EQ(engineering.root().string_at("audience"), "engineering");
  EXPECT_EQ(leadership.root().string_at("audience"), "leadership");
  EXPECT_GT(engineering.root().find("details")->num_children(), 0U);
  EXPECT_EQ(leadership.root().find("details")->num_children(), 0U);
}

TEST(PageData, ProofWithoutACellIsOfNoDetails) {
  const std::vector<evidence::Evidence> evidence{played("T9999", "aws")};
  const auto document = parsed(page_json(sample_coverage(), kNoOptions, {evidence, {}}));
  for (const text::JsonValue details : document.root().find("details")->children()) {
    EXPECT_EQ(details.find("evidence")->num_children(), 0U) << details.key();
  }
}

TEST(PageData, OfAProcedurePlayedTwiceTheNewestPlayCounts) {
  std::vector<evidence::Evidence> evidence{played("T1530", "aws"), played("T1530", "aws"),
                                           played("T1078", "aws")};
  evidence[0].verdict = evidence::Verdict::kAlerted;
  evidence[0].time += std::chrono::hours(1);  // before the other in the list, after it in time
  evidence[2].procedure = "aws.initial-access.login";
  evidence[2].kind = evidence::Kind::kReplay;
  const auto document = parsed(page_json(sample_coverage(), kNoOptions, {evidence, {}}));
  const auto plays = *document.root().find("plays");
  EXPECT_EQ(plays.find("procedures")->source(), "2");
  EXPECT_EQ(plays.find("alerted")->source(), "1");
  EXPECT_EQ(plays.find("kinds")->find("synthetic")->source(), "1");
  EXPECT_EQ(plays.find("kinds")->find("replay")->source(), "1");
}

TEST(PageData, WhatWasOnlyTalkedThroughWasNotPlayed) {
  std::vector<evidence::Evidence> evidence{played("T1530", "aws")};
  evidence[0].kind = evidence::Kind::kTabletop;
  const auto document = parsed(page_json(sample_coverage(), kNoOptions, {evidence, {}}));
  EXPECT_EQ(document.root().find("plays")->find("procedures")->source(), "0");
}

TEST(PageData, IsJsonWhateverOthersWrote) {
  Coverage coverage = sample_coverage();
  for (const std::string& text : hostile_texts()) {
    coverage.techniques[0].name = text;
    coverage.providers[0].name = text;
    coverage.rules[0].name = text;
    coverage.rules[0].path = text;
    const std::string json = page_json(coverage, {.organisation = text});
    ASSERT_TRUE(text::JsonDocument::parse(json)) << text;
  }
}

}  // namespace
}  // namespace nepho::report
