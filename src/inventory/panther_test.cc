#include "inventory/panther.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Panther, ReadsPairsOfTacticAndTechnique) {
  const Detection rule = imported_one(
      "AnalysisType: rule\nRuleID: \"AWS.A\"\nDisplayName: A\nEnabled: false\nSeverity: Info\n"
      "LogTypes: [AWS.CloudTrail]\nReports:\n  CIS: [1.1]\n  MITRE ATT&CK:\n"
      "    - TA0003:T1136.003 # Create Account\n    - TA006:T1098.001\n"
      "Tests: [{Log: {x: T1562.008}}]\n");
  EXPECT_EQ(rule.id, "AWS.A");
  EXPECT_EQ(rule.level, "informational");
  EXPECT_FALSE(rule.enabled);
  EXPECT_THAT(rule.providers, ElementsAre("aws"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1098.001", "T1136.003"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));
  ASSERT_THAT(codes_of(rule), ElementsAre("unknown-tag", "disabled-rule"));
  EXPECT_EQ(to_string(rule.problems[0].error.place), "r:11:7");
}

TEST(Panther, ProvidersAreThoseOfTheLogTypes) {
  const auto providers = [](const std::string& types) {
    return imported_one("AnalysisType: rule\nRuleID: X.Y\nLogTypes: [" + types + "]\n").providers;
  };
  EXPECT_THAT(providers("Amazon.EKS.Audit, GCP.AuditLog"), ElementsAre("aws", "gcp", "kubernetes"));
  EXPECT_THAT(providers("Azure.Audit"), ElementsAre("entra"));
  EXPECT_THAT(providers("Azure.MonitorActivity"), ElementsAre("azure"));
}

TEST(Panther, ACorrelationHasTheProvidersOfItsRules) {
  const Detection rule = imported_one(
      "AnalysisType: correlation_rule\nRuleID: Two.Things\nDetection:\n- Sequence:\n"
      "  - {ID: a, RuleID: Okta.One}\n  - {ID: b, RuleID: GitHub.Two}\n");
  EXPECT_THAT(rule.providers, ElementsAre("github", "okta"));
}

TEST(Panther, PacksAndQueriesAreNoDetections) {
  EXPECT_THAT(imported("AnalysisType: saved_query\nRuleID: x\nQuery: select 1\n"), IsEmpty());
}

}  // namespace
}  // namespace nepho::inventory
