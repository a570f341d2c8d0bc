#include "inventory/yaral.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string rule_with(const std::string& meta, const std::string& events = "$e.a = /x{2}/") {
  return "/* rule not_this { meta: technique = \"T1003\" } */\nrule my_rule {\n  meta:\n" + meta +
         "\n  events:\n    " + events + "\n  condition:\n    $e\n}\n";
}

TEST(Yaral, ReadsIdsFromMeta) {
  const Detection rule = imported_one(rule_with(
      "    rule_id = \"mr_1\"\n    rule_name = \"A \\\"name\\\"\"\n    tactic = \"TA0003\"\n"
      "    // technique = \"T1003\"\n    technique = \"T1136.003\"\n    severity = \"High\"\n"
      "    data_source = \"o365, ms graph activity logs\"\n    platform = \"azure\""));
  EXPECT_EQ(rule.id, "mr_1");
  EXPECT_EQ(rule.name, "A \"name\"");
  EXPECT_EQ(rule.format, "yaral");
  EXPECT_EQ(rule.level, "high");
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));
}

TEST(Yaral, AnIdMayStandInTheAddressOnly) {
  const Detection rule = imported_one(rule_with(
      "    mitre_attack_tactic = \"Defense Evasion, Persistence\"\n"
      "    mitre_attack_technique = \"Impair Defenses: Disable Cloud Logs\"\n"
      "    mitre_attack_url = \"https://attack.mitre.org/versions/v14/techniques/T1562/008/\"\n"
      "    data_source = \"AWS CloudTrail\""));
  EXPECT_EQ(rule.id, "my_rule");
  EXPECT_THAT(rule.techniques, ElementsAre("T1685.002"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003", "TA0112"));
  EXPECT_THAT(rule.providers, ElementsAre("aws"));
}

TEST(Yaral, OldRulesHaveOneListOfAll) {
  const Detection rule =
      imported_one(rule_with("    mitre = \"defense_evasion, t1136, car.2019-04-001, T1098\""));
  EXPECT_THAT(rule.techniques, ElementsAre("T1098", "T1136"));
  EXPECT_THAT(codes_of(rule), testing::Not(Contains("unknown-tag")));
}

TEST(Yaral, StringsAndRegexesDoNotBeginComments) {
  const auto rules =
      imported(rule_with("    technique = \"T1136\"\n    url = \"https://example.com\"",
                         "$e.url = /https?:\\/\\/x\\/*/ // \"") +
               rule_with("    technique = \"T1098\""));
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_THAT(rules[1].techniques, ElementsAre("T1098"));
}

TEST(Yaral, WhatStandsInAFolderOfDeprecatedRulesIsOff) {
  EXPECT_FALSE(
      imported_one(rule_with("    technique = \"T1136\""), "rules/_deprecated/a.yaral").enabled);
  EXPECT_TRUE(imported_one(rule_with(""), "rules/a.yaral").enabled);
}

}  // namespace
}  // namespace nepho::inventory
