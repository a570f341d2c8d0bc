#include "inventory/rule_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(RuleFile, SigmaAndOtherTextsAreNone) {
  EXPECT_FALSE(recognize("title: a\nlogsource: {product: aws}\ndetection: {}\n", "r"));
  EXPECT_FALSE(recognize("title: a\ncorrelation: {}\n", "r"));
  EXPECT_FALSE(recognize("", "r"));
  EXPECT_FALSE(recognize("# Title\n\nSome text, more.\n", "r"));
  EXPECT_FALSE(recognize("{\"Records\": [{\"eventName\": \"x\"}]}", "r"));
  EXPECT_FALSE(recognize("{\"a\": ", "r"));
  EXPECT_FALSE(recognize("[package]\nname = \"x\"\n", "r"));
}

TEST(RuleFile, EveryFormatHasANameThatAWorkspaceMayUse) {
  for (int i = 0; i <= static_cast<int>(RuleFormat::kCsv); ++i)
    EXPECT_EQ(std::ranges::count(format_names(), to_string(static_cast<RuleFormat>(i))), 1) << i;
}

TEST(RuleFile, ABrokenFileIsItsProductsAndNotSigmas) {
  const Detection panther = imported_one("AnalysisType: rule\nRuleID: a\nTags: [b\nc: d\n");
  EXPECT_EQ(panther.format, "panther");
  EXPECT_THAT(codes_of(panther), ElementsAre("yaml.syntax"));
  EXPECT_NE(panther.problems.at(0).error.place.line, 0U);
  EXPECT_EQ(imported_one("id: a\nquery: |\n\tx\n \"\nrelevantTechniques:\n- T1\n").format,
            "sentinel");
  EXPECT_EQ(imported_one("- macro: a\n  condition: b\n c: [\n").format, "falco");
  EXPECT_FALSE(recognize("a: [b\nc: d\n", "r"));  // anybody's
}

TEST(RuleFile, WhatWouldGrowIsRefused) {
  std::string rows = "id,name,techniques\n";
  while (rows.size() < (std::size_t{5} << 20U)) rows += "1,2,T1078\n";
  EXPECT_THAT(codes_of(imported_one(rows)), ElementsAre("base.too_large"));
  Limits limits;
  limits.max_yaml_nodes = 20;
  const std::string rule = R"({"rule_id":"a","name":"b","risk_score":1,"query":[1]})";
  std::string lines = rule;
  for (int i = 0; i < 100; ++i) lines += "\n1";
  const auto file = recognize(lines, "r", limits);
  ASSERT_TRUE(file && file->error);
  EXPECT_EQ(file->error->code, text::kYamlTooLarge);
  EXPECT_FALSE(recognize("[" + rule + "," + rule + "," + rule + "," + rule + "]", "r", limits));
}

// Of each format, cut at every byte: what is left is read or refused, with a place.
TEST(RuleFile, TruncatedFilesGiveDetectionsOrErrors) {
  const std::vector<std::string> texts = {
      "[metadata]\nmaturity = \"production\"\n[rule]\nrule_id = \"a\"\nname = \"b\"\n"
      "[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n[rule.threat.tactic]\nid = \"TA0001\"\n",
      "name: a\nid: b\nsearch: '`okta` x'\ndata_source: [Okta]\ntags:\n  mitre_attack_id: "
      "[T1078]\n",
      "rule a {\n meta:\n  technique = \"T1078\\\"\"\n events:\n $e.a = /b\\/c/ // d\n condition:\n"
      " $e\n}\n",
      "<group name=\"aws\"><rule id=\"1\" level=\"3\"><mitre><id>T1078</id></mitre></rule></group>",
      "- rule: a\n  desc: b\n  condition: c\n  priority: ERROR\n  tags: [T1078]\n",
      "[a]\naction.correlationsearch.annotations = {\"mitre_attack\": [\"T1078\"]}\nsearch = x\n",
      "id,name,techniques\n1,\"a\"\"b\",T1078\n",
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(imported(text).size(), 1U) << text;
    for (std::size_t size = 0; size < text.size(); ++size) {
      for (const Detection& detection : imported(text.substr(0, size))) {
        if (detection.id.empty() && detection.name.empty()) {
          EXPECT_FALSE(detection.problems.empty()) << text.substr(0, size);
        }
      }
    }
  }
}

}  // namespace
}  // namespace nepho::inventory
