#include "inventory/splunk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string rule_with(const std::string& keys, const std::string& tags = "") {
  return "name: Some Deletion\nid: s-1\nstatus: production\ntype: TTP\n" + keys +
         "tags:\n  mitre_attack_id:\n  - T1562.008\n  - T1136.003\n" + tags;
}

TEST(Splunk, ReadsSecurityContent) {
  const Detection rule = imported_one(rule_with(
      "data_source:\n- AWS CloudTrail DeleteTrail\nsearch: '`cloudtrail` eventName=DeleteTrail'\n",
      "  risk_score: 90\n"));
  EXPECT_EQ(rule.id, "s-1");
  EXPECT_EQ(rule.format, "splunk");
  EXPECT_EQ(rule.level, "critical");
  EXPECT_THAT(rule.providers, ElementsAre("aws"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003", "T1685.002"));
  ASSERT_FALSE(rule.problems.empty());
  EXPECT_EQ(to_string(rule.problems[0].error.place), "r:10:5");
}

TEST(Splunk, TheSearchTellsTheProviderWhereTheDataSourceDoesNot) {
  const auto providers = [](const std::string& search) {
    return imported_one(rule_with("search: '" + search + "'\n")).providers;
  };
  EXPECT_THAT(providers("`azure_monitor_aad` operationName=x"), ElementsAre("entra"));
  EXPECT_THAT(providers("`azure_audit` operationName=x"), ElementsAre("azure"));
  EXPECT_THAT(providers("`o365_management_activity` Operation=x"), ElementsAre("m365"));
  EXPECT_THAT(providers("`kube_audit` verb=get"), ElementsAre("kubernetes"));
  EXPECT_THAT(providers("`sysmon` EventID=1"), IsEmpty());
}

TEST(Splunk, TheLevelComesFromWhateverTellsTheRisk) {
  const auto level = [](const std::string& keys, const std::string& tags) {
    return imported_one(rule_with("search: x\n" + keys, tags)).level;
  };
  EXPECT_EQ(level("", "  risk_score: 20\n"), "informational");
  EXPECT_EQ(level("", "  risk_score: 21\n"), "low");
  EXPECT_EQ(level("rba:\n  risk_objects:\n  - {field: user, score: 35}\n  - {score: 64}\n", ""),
            "high");
  EXPECT_EQ(level("", "  confidence: 50\n  impact: 90\n"), "medium");
  EXPECT_EQ(level("", ""), std::nullopt);
}

}  // namespace
}  // namespace nepho::inventory
