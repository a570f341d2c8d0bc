#include "inventory/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Detection elastic(const std::string& index, const std::string& query) {
  return imported_one(
      "[metadata]\nintegration = [\"aws\", \"azure\"]\nmaturity = \"production\"\n" +
      ("[rule]\nrule_id = \"e1\"\nname = \"A\"\nindex = [" + index + "]\n") + "query = '''" +
      query + "'''\n");
}

TEST(LogSourcesOfImports, AreThoseThatARuleSaysItReads) {
  EXPECT_THAT(elastic("\"filebeat-*\", \"logs-aws.cloudtrail-*\"", "x").log_sources,
              ElementsAre("aws.cloudtrail"));
}

TEST(LogSourcesOfImports, WhereItSaysNothingTheQuerySpeaks) {
  EXPECT_THAT(elastic("\"filebeat-*\"", "event.dataset: azure.auditlogs").log_sources,
              ElementsAre("entra.audit"));
  EXPECT_THAT(elastic("\"filebeat-*\"", "process.name: x").log_sources, IsEmpty());
}

TEST(LogSourcesOfImports, OtherProvidersNamesCountNothing) {
  EXPECT_THAT(elastic("\"logs-okta.system-*\"", "x").log_sources, IsEmpty());
}

TEST(LogSourcesOfImports, EveryFormatHasItsWords) {
  EXPECT_THAT(imported_one("id: 1\nname: A\nrelevantTechniques: [T1078]\n"
                           "query: |\n  // AzureActivity\n  SigninLogs | where x\n")
                  .log_sources,
              ElementsAre("entra.signin"));
  EXPECT_THAT(imported_one("name: A\nid: 1\nsearch: '`cloudtrail` x'\n"
                           "data_source: [AWS CloudTrail CreateUser]\n")
                  .log_sources,
              ElementsAre("aws.cloudtrail"));
  EXPECT_THAT(
      imported_one("AnalysisType: rule\nRuleID: A\nLogTypes: [Okta.SystemLog]\n").log_sources,
      ElementsAre("okta.system"));
  EXPECT_THAT(
      imported_one("- rule: A\n  desc: b\n  condition: c\n  source: k8s_audit_eks\n").log_sources,
      ElementsAre("kubernetes.audit"));
  EXPECT_THAT(imported_one("rule a {\n meta:\n  data_source = \"GCP Cloud Audit\"\n events:\n  $e\n"
                           " condition:\n  $e\n}\n")
                  .log_sources,
              ElementsAre("gcp.audit"));
  EXPECT_THAT(
      imported_one("id,name,techniques,provider,log_sources\n1,A,T1078,aws,aws.cloudtrail\n")
          .log_sources,
      ElementsAre("aws.cloudtrail"));
}

}  // namespace
}  // namespace nepho::inventory
