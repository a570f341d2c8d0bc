#include "coverage/write_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"
#include "text/json.h"

namespace nepho::coverage {
namespace {

using testing::HasSubstr;
using testing::Not;

// Keeps the document that the values under test point into.
class CoverageJsonTest : public testing::Test {
 protected:
  text::JsonValue root_of(const Coverage& coverage) {
    auto parsed = text::JsonDocument::parse(to_json(coverage));
    EXPECT_TRUE(parsed.has_value());
    document_.emplace(std::move(*parsed));
    return document_->root();
  }
  // The rule of this id in "rules".
  static text::JsonValue rule(const text::JsonValue& root, std::string_view id) {
    for (const auto& rule : root.find("rules")->children()) {
      if (rule.string_at("id") == id) return rule;
    }
    ADD_FAILURE() << "no rule " << id;
    return root;
  }
  static text::JsonValue cell(const text::JsonValue& root, std::string_view technique,
                              std::string_view provider) {
    for (const auto& cell : root.find("cells")->children()) {
      if (cell.string_at("technique") == technique && cell.string_at("provider") == provider) {
        return cell;
      }
    }
    ADD_FAILURE() << "no cell " << technique << " on " << provider;
    return root;
  }

  SampleMatrix sample_;
  Inputs inputs_ = sample_.inputs();
  std::optional<text::JsonDocument> document_;
};

TEST_F(CoverageJsonTest, HasARowForEveryCellAndEveryRule) {
  inputs_.detections = {sample_rule("a", {"T1530"}), sample_rule("b", {})};
  const Coverage coverage = assess(inputs_);
  const auto root = root_of(coverage);
  EXPECT_EQ(root.find("cells")->num_children(), coverage.cells.size());
  EXPECT_EQ(root.find("rules")->num_children(), 2U);
  EXPECT_EQ(root.find("providers")->num_children(), 3U);
}

// A share of nothing is null: 0 would say that something was asked and not reached.
TEST_F(CoverageJsonTest, AShareOfNothingIsNull) {
  const auto root = root_of(Coverage{});
  for (const char* share : {"paper", "exercised", "validated"}) {
    EXPECT_EQ(root.find("totals")->find(share)->type(), text::JsonType::kNull) << share;
  }
  EXPECT_EQ(root.find("totals")->find("cells")->text(), "0");
}

// Null is "not known": a reader that sums risks must not take it for none.
TEST_F(CoverageJsonTest, WhatIsNotKnownIsNull) {
  const auto root = root_of(assess(inputs_));
  EXPECT_EQ(root.find("totals")->find("risk_weighted_validated")->type(), text::JsonType::kNull);
  for (const char* member : {"observable", "risk", "residual"}) {
    EXPECT_EQ(cell(root, "T1078", "aws").find(member)->type(), text::JsonType::kNull) << member;
  }
  for (const char* member : {"mean", "l90"}) {
    EXPECT_EQ(cell(root, "T1136.003", "azure").find(member)->type(), text::JsonType::kNull)
        << "where the technique does not apply";
  }
}

TEST_F(CoverageJsonTest, ACellHasItsNumbersAndWhatTheyWereMadeFrom) {
  inputs_.detections = {sample_rule("a", {"T1136.003"})};
  inputs_.procedures = {sample_procedure("p"), sample_procedure("q")};
  inputs_.evidence = {sample_play("p", {{"a", "", true}}, 0, evidence::Kind::kLive)};
  const Coverage coverage = assess(inputs_);
  const auto root = root_of(coverage);
  const auto proven = cell(root, "T1136.003", "aws");
  EXPECT_EQ(proven.find("mean")->text(), "0.8");  // (1 + (.8 + 1) / (2 + 1)) / 2
  EXPECT_EQ(proven.find("tested")->text(), "1");
  EXPECT_EQ(proven.find("alerted")->text(), "1");
  EXPECT_EQ(proven.find("procedures")->text(), "2");
  EXPECT_EQ(proven.string_at("observable"), "yes");
  auto explained = text::JsonDocument::parse(
      explain_json(coverage, *coverage.find(attack::TechniqueId{"T1136.003"}, "aws")));
  ASSERT_TRUE(explained.has_value());
  const auto proof = *explained->root().find("proof");
  EXPECT_EQ(proof.find("rules")->children().begin()->find("mean")->text(), "0.6");
  EXPECT_EQ(proof.find("evidence")->children().begin()->string_at("fate"), "counts");
  EXPECT_EQ(proof.find("procedures")->num_children(), 2U);
}

TEST_F(CoverageJsonTest, ATechniqueIsSummedUpOverItsProviders) {
  inputs_.detections = {sample_rule("a", {"T1530"})};
  inputs_.exposure = {{"aws", 3.0}, {"azure", 1.0}};
  const auto root = root_of(assess(inputs_));
  for (const auto& technique : root.find("techniques")->children()) {
    if (technique.string_at("technique") != "T1530") continue;
    EXPECT_EQ(technique.find("mean")->text(), "0.24");  // .5 x .8 x .8 on 3 of 4
    EXPECT_EQ(technique.find("minimum")->text(), "0");
    EXPECT_EQ(technique.string_at("weakest"), "azure");
    return;
  }
  FAIL() << "T1530 is not there";
}

TEST_F(CoverageJsonTest, ACellNamesItsRulesAndTheBrokenOnesWithTheirReasons) {
  auto off = sample_rule("off", {"T1530"});
  off.enabled = false;
  inputs_.detections = {sample_rule("on", {"T1530"}), off};
  const auto root = root_of(assess(inputs_));
  const auto mapped = cell(root, "T1530", "aws");
  EXPECT_EQ(mapped.find("rules")->children().begin()->text(), "on");
  const auto broken = *mapped.find("broken_rules")->children().begin();
  EXPECT_EQ(broken.string_at("id"), "off");
  EXPECT_EQ(broken.string_at("reason"), "disabled: it is switched off");
  EXPECT_EQ(mapped.string_at("colour"), "partial");
  EXPECT_EQ(mapped.find("badges")->num_children(), 2U);  // broken-rules, one-rule
}

TEST_F(CoverageJsonTest, ARuleSaysWhyItCountsNowhere) {
  auto off = sample_rule("off", {"T1530"});
  off.enabled = false;
  off.level.reset();
  inputs_.detections = {sample_rule("on", {"T1530"}), off, sample_rule("none", {})};
  const auto root = root_of(assess(inputs_));
  EXPECT_EQ(rule(root, "on").find("broken")->num_children(), 0U);
  EXPECT_EQ(rule(root, "on").find("unmapped")->type(), text::JsonType::kNull);
  EXPECT_EQ(rule(root, "on").find("cells")->text(), "1");
  EXPECT_EQ(rule(root, "off").find("broken")->children().begin()->string_at("fault"), "disabled");
  EXPECT_EQ(rule(root, "off").find("level")->type(), text::JsonType::kNull);
  EXPECT_EQ(rule(root, "none").string_at("unmapped"), "it names no technique");
}

TEST_F(CoverageJsonTest, SaysWhoseAcceptanceALineIs) {
  inputs_.accepted = {{"T1530", "aws", "accepted by ciso"}};
  const auto root = root_of(assess(inputs_));
  EXPECT_TRUE(cell(root, "T1530", "aws").flag_at("accepted"));
  EXPECT_FALSE(cell(root, "T1530", "azure").flag_at("accepted"));
}

TEST_F(CoverageJsonTest, TalliesOfProvidersAndTacticsHaveTheMembersOfTheWhole) {
  const auto root = root_of(assess(inputs_));
  const auto totals = *root.find("totals");
  for (const char* list : {"by_provider", "by_tactic"}) {
    for (const auto& tally : totals.find(list)->children()) {
      for (const char* member : {"paper", "exercised", "validated", "cells", "mapped", "unknown",
                                 "unknown_mapped", "not_applicable", "broken", "states"}) {
        EXPECT_TRUE(tally.find(member)) << list << ' ' << tally.key() << ' ' << member;
        EXPECT_TRUE(totals.find(member)) << member;
      }
    }
  }
  EXPECT_EQ(totals.find("by_provider")->num_children(), 3U);
}

TEST_F(CoverageJsonTest, StatesOfAWholeAddUpToItsCells) {
  inputs_.detections = {sample_rule("a", {"T1530", "T1078"})};
  const auto root = root_of(assess(inputs_));
  std::size_t sum = 0;
  for (const auto& number : root.find("totals")->find("states")->children()) {
    sum += std::stoul(std::string(number.text()));
  }
  EXPECT_EQ(std::to_string(sum), root.find("totals")->find("cells")->text());
}

// What a rule is called may hold anything; it stays one string.
TEST_F(CoverageJsonTest, TextOfOthersStaysInItsString) {
  const std::string name = "\"}],\\\n\x01\xff</script>";
  auto made = sample_rule("a", {"T1530"});
  made.name = name;
  made.path = name;
  inputs_.detections = {made};
  const std::string json = to_json(assess(inputs_));
  EXPECT_THAT(json, Not(HasSubstr("\x01")));
  const auto root = root_of(assess(inputs_));
  EXPECT_EQ(rule(root, "a").string_at("name"), "\"}],\\\n\x01\xEF\xBF\xBD</script>");
}

TEST_F(CoverageJsonTest, IsTheSameBytesForTheSameInputs) {
  inputs_.detections = {sample_rule("b", {"T1530"}), sample_rule("a", {"T1078"})};
  const std::string once = to_json(assess(inputs_));
  std::ranges::reverse(inputs_.detections);
  EXPECT_EQ(to_json(assess(inputs_)), once);
  EXPECT_TRUE(once.ends_with("}\n"));
}

TEST_F(CoverageJsonTest, OneCellOnALineHasNoLineEndInIt) {
  inputs_.detections = {sample_rule("a", {"T1530"})};
  const Coverage coverage = assess(inputs_);
  for (const Cell& one : coverage.cells) {
    text::JsonWriter json;
    write_cell(json, coverage, one);
    EXPECT_EQ(json.text().find('\n'), std::string::npos);
    EXPECT_TRUE(text::JsonDocument::parse(json.take()).has_value());
  }
}

TEST_F(CoverageJsonTest, AnExplanationHoldsTheStepsInTheirOrder) {
  inputs_.detections = {sample_rule("a", {"T1530"})};
  inputs_.assumptions = {"all logs arrive"};
  const Coverage coverage = assess(inputs_);
  auto parsed = text::JsonDocument::parse(
      explain_json(coverage, *coverage.find(attack::TechniqueId{"T1530"}, "aws")));
  ASSERT_TRUE(parsed.has_value());
  const auto root = parsed->root();
  EXPECT_EQ(root.string_at("schema"), "nephometer/explain/1");
  EXPECT_EQ(root.find("assumptions")->children().begin()->text(), "all logs arrive");
  std::string kinds;
  for (const auto& step : root.find("steps")->children()) {
    kinds += std::string(step.string_at("kind")) + ' ';
    EXPECT_NE(step.string_at("text"), "");
  }
  EXPECT_EQ(kinds, "applies log-source rule chance evidence procedure coverage state ");
}

}  // namespace
}  // namespace nepho::coverage
