#include "inventory/sentinel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string rule_with(const std::string& query, const std::string& tactics = "Persistence") {
  return "\xEF\xBB\xBFid: 00000000-0000-4000-8000-000000000001\r\nname: A name \r\nseverity: "
         "High\r\n"
         "requiredDataConnectors:\r\n  - connectorId: X\r\n    dataTypes: [OktaSSO]\r\n"
         "queryFrequency: 1d\r\ntactics:\r\n  - " +
         tactics + "\r\nrelevantTechniques:\r\n  - T1098\r\n  - T0859\r\nquery: |\r\n  " + query +
         "\r\n";
}

TEST(Sentinel, ReadsATemplateWithByteOrderMarkAndCrlf) {
  const Detection rule = imported_one(rule_with("AuditLogs | take 1"));
  EXPECT_EQ(rule.id, "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(rule.name, "A name");
  EXPECT_EQ(rule.format, "sentinel");
  EXPECT_EQ(rule.level, "high");
  EXPECT_THAT(rule.providers, ElementsAre("entra"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1098"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));
  EXPECT_THAT(codes_of(rule), Contains("other-matrix"));
}

TEST(Sentinel, ProvidersAreThoseOfTheTablesThatAreRead) {
  const auto providers = [](const std::string& query) {
    return imported_one(rule_with(query)).providers;
  };
  EXPECT_THAT(providers("union AWSCloudTrail, OfficeActivity"), ElementsAre("aws", "m365"));
  EXPECT_THAT(providers("AuditLogs\r\n  // SigninLogs and AWSCloudTrail"), ElementsAre("entra"));
  EXPECT_THAT(providers("MyAuditLogs | take 1"), ElementsAre("okta"));  // the connector's
}

TEST(Sentinel, TacticsAreWrittenInOneWord) {
  EXPECT_THAT(imported_one(rule_with("AuditLogs", "PrivilegeEscalation")).tactics,
              ElementsAre("TA0004"));
  const Detection misspelt = imported_one(rule_with("AuditLogs", "InitialAcces"));
  ASSERT_THAT(codes_of(misspelt), Contains("unknown-tag"));
  EXPECT_THAT(codes_of(imported_one(rule_with("AuditLogs", "Ransomware"))),
              Contains("unknown-tag"));
}

TEST(Sentinel, ReadsEveryRuleOfATemplateInJson) {
  const auto rules = imported(R"({"resources": [
    {"name": "[concat(parameters('workspace'), '/x/0a0a0a0a-0000-4000-8000-000000000002')]",
     "kind": "Scheduled", "properties": {"displayName": "A", "severity": "Low", "enabled": false,
     "query": "GCPAuditLogs", "tactics": ["DefenseEvasion"], "techniques": ["T1562"],
     "subTechniques": ["T1562.008"]}},
    {"name": "plain", "kind": "Fusion", "properties": {"displayName": "B", "severity": "High"}},
    {"name": "other", "properties": {"tags": []}}]})");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].id, "0a0a0a0a-0000-4000-8000-000000000002");
  EXPECT_EQ(rules[0].format, "sentinel");
  EXPECT_FALSE(rules[0].enabled);
  EXPECT_THAT(rules[0].providers, ElementsAre("gcp"));
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1685", "T1685.002"));
  EXPECT_THAT(rules[0].tactics, ElementsAre("TA0112"));
  EXPECT_EQ(rules[1].id, "plain");
  EXPECT_THAT(codes_of(rules[1]), ElementsAre("unmapped"));
}

}  // namespace
}  // namespace nepho::inventory
