#include "inventory/elastic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string rule_toml(const std::string& integration, const std::string& index,
                      const std::string& maturity = "production") {
  return "[metadata]\nintegration = " + integration + "\nmaturity = \"" + maturity +
         "\"\n\n[rule]\nindex = [\"" + index +
         "\"]\nname = \"Trail Stopped\"\nrule_id = \"a-1\"\nseverity = \"medium\"\n"
         "risk_score = 47\ntags = [\"T1003\"]\nquery = '''\nevent.action:StopLogging\n'''\n\n"
         "[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n"
         "[[rule.threat.technique]]\nid = \"T1562\"\n"
         "[[rule.threat.technique.subtechnique]]\nid = \"T1562.008\"\n"
         "[rule.threat.tactic]\nid = \"TA0003\"\n"
         "[[rule.threat]]\nframework = \"MITRE ATLAS\"\n[rule.threat.tactic]\nid = \"TA0001\"\n";
}

TEST(Elastic, ReadsTomlWithItsThreats) {
  const Detection rule = imported_one(rule_toml("[\"aws\"]", "logs-aws.cloudtrail-*"));
  EXPECT_EQ(rule.id, "a-1");
  EXPECT_EQ(rule.name, "Trail Stopped");
  EXPECT_EQ(rule.format, "elastic");
  EXPECT_EQ(rule.level, "medium");
  EXPECT_EQ(rule.status, "stable");
  EXPECT_THAT(rule.providers, ElementsAre("aws"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1685", "T1685.002"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));  // of ATT&CK's framework only
  EXPECT_TRUE(rule.enabled);
  EXPECT_FALSE(rule.runnable);
  ASSERT_THAT(codes_of(rule), Contains("retired-technique"));
  EXPECT_EQ(rule.problems[0].error.place.line, 19U);
  EXPECT_EQ(rule.problems[0].fix, "T1685");
}

TEST(Elastic, AzureIsToldApartByItsDatasets) {
  const auto providers = [](const std::string& index) {
    return imported_one(rule_toml("\"azure\"", index)).providers;
  };
  EXPECT_THAT(providers("logs-azure.signinlogs-*"), ElementsAre("entra"));
  EXPECT_THAT(providers("logs-azure.activitylogs-*"), ElementsAre("azure"));
  EXPECT_THAT(providers("filebeat-*"), ElementsAre("azure"));
}

TEST(Elastic, OnlyWhatIsInProductionIsEnabled) {
  EXPECT_FALSE(imported_one(rule_toml("\"aws\"", "x", "deprecated")).enabled);
  EXPECT_FALSE(imported_one(rule_toml("\"aws\"", "x", "development")).enabled);
}

TEST(Elastic, ReadsKibanasExportLineByLine) {
  const auto rules = imported(
      R"({"rule_id":"a","name":"A","risk_score":21,"severity":"low","enabled":false,"query":"x",)"
      R"("related_integrations":[{"package":"okta"}],"threat":[{"framework":"MITRE ATT&CK",)"
      R"("tactic":{"id":"TA0006"},"technique":[{"id":"T1621","subtechnique":[]}]}]})"
      "\n"
      R"({"rule_id":"b","name":"B","risk_score":21,"severity":"high","enabled":true,"query":"x",)"
      R"("index":["logs-gcp*"],"threat":[{"framework":"MITRE ATT&CK","technique":[{"id":"T9999"}]}]})"
      "\n"
      R"({"exported_count":2,"missing_rules":[]})"
      "\n");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_FALSE(rules[0].enabled);
  EXPECT_THAT(rules[0].providers, ElementsAre("okta"));
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1621"));
  EXPECT_TRUE(rules[1].enabled);
  EXPECT_THAT(rules[1].providers, ElementsAre("gcp"));
  ASSERT_THAT(codes_of(rules[1]), Contains("unknown-technique"));
  EXPECT_EQ(rules[1].problems[0].error.place.line, 2U);
}

TEST(Elastic, ABrokenFileIsADetectionWithItsError) {
  const Detection rule = imported_one("[metadata]\nmaturity = \"production\"\n[rule]\nname = \n");
  EXPECT_EQ(rule.format, "elastic");
  EXPECT_EQ(rule.id, "");
  ASSERT_THAT(codes_of(rule), ElementsAre("toml.syntax"));
  EXPECT_EQ(rule.problems[0].error.place.line, 4U);
}

}  // namespace
}  // namespace nepho::inventory
