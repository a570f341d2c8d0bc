#include "alert/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "alert/errors.h"
#include "text/timestamp.h"

namespace nepho::alert {
namespace {

using std::string_literals::operator""s;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReadingAlerts : public testing::Test {
 protected:
  std::vector<Alert> read(std::string_view text) {
    file_ = read_alerts(text, "alerts", report_);
    return file_.alerts;
  }
  Alert only(std::string_view text) {
    const auto alerts = read(text);
    EXPECT_THAT(alerts, SizeIs(1)) << problems();
    return alerts.empty() ? Alert{} : alerts.front();
  }
  std::string problems() const {
    std::string all;
    for (const Problem& problem : report_.problems()) all += to_string(problem) + "\n";
    return all;
  }

  LoadReport report_;
  AlertFile file_;
};

Instant at(std::string_view text) { return text::parse_timestamp(text)->time; }

TEST_F(ReadingAlerts, AnOcsfFindingSaysWhoWhereAndWhat) {
  const auto alert = only(
      R"({"class_uid": 2004, "severity": "High", "time": 1772359500000,
"metadata": {"product": {"name": "Some SIEM"}}, "cloud": {"account": {"uid": "111122223333"}},
"finding_info": {"uid": "f1", "title": "User made", "first_seen_time": 1772359200000,
 "analytic": {"uid": "rule-7", "name": "IAM user made"},
 "attacks": [{"technique": {"uid": "T1136"}, "sub_technique": {"uid": "T1136.003"}}]},
"evidences": [{"actor": {"user": {"name": "a.schmidt"}}, "src_endpoint": {"ip": "198.51.100.7"},
 "data": {"event": {"eventID": "2E0EF2D0-1d7c-4b0c-a9a6-0d4d0a3f2b11"}}}]})");
  EXPECT_EQ(alert.form, "ocsf");
  EXPECT_EQ(alert.product, "Some SIEM");
  EXPECT_EQ(alert.rule, "rule-7");
  EXPECT_EQ(alert.title, "IAM user made");
  EXPECT_EQ(alert.severity, "high");
  EXPECT_THAT(alert.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(alert.accounts, ElementsAre("111122223333"));
  EXPECT_THAT(alert.actors, ElementsAre("a.schmidt"));
  EXPECT_THAT(alert.addresses, ElementsAre("198.51.100.7"));
  EXPECT_THAT(alert.ids_within, ElementsAre("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"));
  EXPECT_EQ(alert.time, at("2026-03-01T10:05:00Z"));
  EXPECT_EQ(alert.seen_from, at("2026-03-01T10:00:00Z"));
}

constexpr std::string_view kFlatElastic =
    R"({"@timestamp": "2026-03-01T10:05:00.000Z", "kibana.alert.rule.name": "AWS IAM User Creation",
"kibana.alert.rule.rule_id": "r-1", "kibana.alert.severity": "low",
"kibana.alert.original_time": "2026-03-01T10:00:00.000Z", "cloud.account.id": "111122223333",
"kibana.alert.rule.threat": [{"framework": "MITRE ATT&CK", "technique": [{"id": "T1136",
 "subtechnique": [{"id": "T1136.003"}]}]}], "user": {"name": "eve"}, "source.ip": "192.0.2.8"})";

TEST_F(ReadingAlerts, AnElasticAlertIsReadFlatNestedAndFromASearch) {
  const auto flat = only(kFlatElastic);
  EXPECT_EQ(flat.form, "elastic");
  EXPECT_EQ(flat.rule, "r-1");
  EXPECT_THAT(flat.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(flat.actors, ElementsAre("eve"));
  EXPECT_EQ(flat.seen_from, at("2026-03-01T10:00:00Z"));

  const auto nested =
      only(R"({"@timestamp": "2026-03-01T10:05:00Z", "kibana": {"alert": {"rule": {"name": "n",
"uuid": "u", "threat": {"technique": {"id": ["T1078"]}}}}}})");
  EXPECT_EQ(nested.rule, "u");
  EXPECT_THAT(nested.techniques, ElementsAre("T1078"));

  const auto found = read(R"({"took": 1, "hits": {"total": 1, "hits": [{"_id": "x", "_source": )" +
                          std::string(kFlatElastic) +
                          R"(, "fields": {"kibana.alert.rule.name": ["AWS IAM User Creation"],
"@timestamp": ["2026-03-01T10:05:00Z"]}}]}})");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title, "AWS IAM User Creation");
}

TEST_F(ReadingAlerts, ASplunkExportIsKnownByItsColumns) {
  const auto alerts = read(
      "_time,search_name,rule_title,urgency,user,src,annotations.mitre_attack,event_id\n"
      "2026-03-01T10:05:00.000+00:00,Cloud - Create User - Rule,User made,high,eve,198.51.100.7,"
      "\"T1136\nT1136.003\",A@@notable@@1\n"
      "1772359500,Other - Rule,\"a, b\",low,,host-1,T1078,2\n");
  ASSERT_THAT(alerts, SizeIs(2));
  EXPECT_EQ(alerts[0].form, "splunk");
  EXPECT_EQ(alerts[0].rule, "Cloud - Create User - Rule");
  EXPECT_THAT(alerts[0].techniques, ElementsAre("T1136", "T1136.003"));  // a plain list means both
  EXPECT_EQ(alerts[0].time, alerts[1].time);
  EXPECT_EQ(alerts[1].title, "a, b");
  EXPECT_THAT(alerts[1].addresses, IsEmpty());  // a host is no address
  EXPECT_EQ(alerts[1].place.line, 4U);          // the quoted cell above has a line end
  EXPECT_EQ(only(R"({"preview": false, "result": {"_time": "2026-03-01T10:05:00Z",
"search_name": "R", "annotations": "{\"mitre_attack\": [\"T1537\"]}"}})")
                .techniques,
            std::vector<std::string>{"T1537"});
}

TEST_F(ReadingAlerts, SentinelsIncidentsAreReadAsTheApiAndAsTheTableHaveThem) {
  const auto of_api = only(R"({"value": [{"id": "/subscriptions/s/incidents/1", "name": "i-1",
"properties": {"title": "User added", "severity": "Medium", "incidentNumber": 7,
 "createdTimeUtc": "2026-03-01T10:05:00Z", "firstActivityTimeUtc": "2026-03-01T10:00:00Z",
 "lastActivityTimeUtc": "2026-03-01T10:01:00Z",
 "additionalData": {"alertProductNames": ["Azure Sentinel"], "techniques": ["T1136"],
  "subTechniques": ["T1136.003"]},
 "relatedAnalyticRuleIds": ["/x/alertRules/0d1a2b3c-1111-4222-8333-444455556666"]}}]})");
  EXPECT_EQ(of_api.form, "sentinel-incident");
  EXPECT_EQ(of_api.product, "Azure Sentinel");
  EXPECT_EQ(of_api.rule, "0d1a2b3c-1111-4222-8333-444455556666");
  EXPECT_THAT(of_api.techniques, ElementsAre("T1136.003"));
  EXPECT_EQ(of_api.seen_to, at("2026-03-01T10:01:00Z"));

  const auto of_table = only(
      "IncidentNumber,Title,Severity,CreatedTime,AdditionalData,RelatedAnalyticRuleIds\n"
      "7,User added,High,2026-03-01T10:05:00Z,\"{\"\"techniques\"\":\"\"[\\\"\"T1136\\\"\"]\"\"}\","
      "\"[\"\"0d1a2b3c-1111-4222-8333-444455556666\"\"]\"\n");
  EXPECT_EQ(of_table.title, "User added");
}

TEST_F(ReadingAlerts, SentinelsAlertsNameEntitiesInAString) {
  const auto alert = only(
      R"({"SystemAlertId": "a", "AlertName": "Odd sign-in", "TimeGenerated": "2026-03-01T10:05:00Z",
"StartTime": "2026-03-01 10:00:00.5+00:00", "Techniques": "[\"T1078\"]",
"Entities": "[{\"Type\":\"account\",\"Name\":\"eve\",\"UPNSuffix\":\"example.com\"},{\"Type\":\"ip\",\"Address\":\"198.51.100.7\"}]"})");
  EXPECT_EQ(alert.form, "sentinel-alert");
  EXPECT_THAT(alert.actors, Contains("eve@example.com"));
  EXPECT_THAT(alert.addresses, ElementsAre("198.51.100.7"));
  EXPECT_THAT(alert.techniques, ElementsAre("T1078"));
  EXPECT_TRUE(alert.seen_from);
}

TEST_F(ReadingAlerts, DefendersAlertsNameEvidence) {
  const auto alert = only(
      R"({"id": "g", "title": "Password spray", "serviceSource": "microsoftDefenderForIdentity",
"createdDateTime": "2026-03-01T10:05:00Z", "mitreTechniques": ["T1110.003"],
"evidence": [{"userAccount": {"userPrincipalName": "eve@example.com"}},
 {"ipAddress": "198.51.100.7"}]})");
  EXPECT_EQ(alert.form, "graph-alert");
  EXPECT_THAT(alert.actors, ElementsAre("eve@example.com"));
  EXPECT_THAT(alert.techniques, ElementsAre("T1110.003"));
}

TEST_F(ReadingAlerts, GuarddutysFindingsAreReadInBothSpellingsAndFromEventBridge) {
  constexpr std::string_view kFinding =
      R"({"schemaVersion": "2.0", "accountId": "111122223333", "id": "f", "severity": 5,
"type": "Persistence:IAMUser/AnomalousBehavior", "createdAt": "2026-03-01T10:20:00Z",
"resource": {"resourceType": "AccessKey", "accessKeyDetails": {"userName": "eve"}},
"service": {"serviceName": "guardduty", "eventFirstSeen": "2026-03-01T10:00:00Z",
 "action": {"awsApiCallAction": {"remoteIpDetails": {"ipAddressV4": "198.51.100.7"}}}}})";
  for (const std::string& text :
       {std::string(kFinding),
        R"({"source": "aws.guardduty", "detail": )" + std::string(kFinding) + "}",
        R"({"Findings": [{"AccountId": "111122223333", "Id": "f", "Severity": 5,
"Type": "Persistence:IAMUser/AnomalousBehavior", "CreatedAt": "2026-03-01T10:20:00Z",
"Resource": {"ResourceType": "AccessKey", "AccessKeyDetails": {"UserName": "eve"}},
"Service": {"ServiceName": "guardduty", "EventFirstSeen": "2026-03-01T10:00:00Z",
 "Action": {"AwsApiCallAction": {"RemoteIpDetails": {"IpAddressV4": "198.51.100.7"}}}}}]})"s}) {
    const auto alert = only(text);
    EXPECT_EQ(alert.form, "guardduty");
    EXPECT_EQ(alert.rule, "Persistence:IAMUser/AnomalousBehavior");
    EXPECT_THAT(alert.accounts, ElementsAre("111122223333"));
    EXPECT_THAT(alert.actors, ElementsAre("eve"));
    EXPECT_THAT(alert.addresses, ElementsAre("198.51.100.7"));
    EXPECT_EQ(alert.seen_from, at("2026-03-01T10:00:00Z"));
  }
}

TEST_F(ReadingAlerts, SecurityHubNamesTheProductBehindIt) {
  const auto alert = only(R"({"detail-type": "Security Hub Findings - Imported", "detail":
{"findings": [{"SchemaVersion": "2018-10-08", "ProductArn": "arn:aws:x", "AwsAccountId": "111122223333",
"ProductName": "GuardDuty", "GeneratorId": "g", "Id": "i", "Title": "t",
"CreatedAt": "2026-03-01T10:20:00Z", "Severity": {"Label": "HIGH"},
"ProductFields": {"aws/guardduty/service/eventFirstSeen": "2026-03-01T10:00:00Z"},
"Types": ["TTPs/Persistence/T1136.003"]}]}})");
  EXPECT_EQ(alert.form, "asff");
  EXPECT_EQ(alert.product, "GuardDuty");
  EXPECT_EQ(alert.severity, "high");
  EXPECT_THAT(alert.techniques, ElementsAre("T1136.003"));
  EXPECT_EQ(alert.seen_from, at("2026-03-01T10:00:00Z"));
}

TEST_F(ReadingAlerts, AThreatestSignalBearsItsDetonationsId) {
  const auto alert = only(R"([{"description": "iam backdoor",
"detonationUid": "2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11", "timeDetonated": "2026-03-01T10:00:00Z",
"signals": [{"signalId": "s", "ruleName": "Key made", "severity": "high", "message": "m",
 "timestamp": "2026-03-01T10:03:00Z", "tags": ["technique:T1098-account-manipulation"]}]}])");
  EXPECT_EQ(alert.form, "threatest");
  EXPECT_THAT(alert.ids_within, ElementsAre("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"));
  EXPECT_THAT(alert.techniques, ElementsAre("T1098"));
}

TEST_F(ReadingAlerts, AnyTableWithATimeAndARuleIsRead) {
  for (const char* text :
       {"Time,Technique,Rule,Account,Actor,Severity\n2026-03-01T10:05:00Z,T1078,r,1,eve,High\n",
        "\xEF\xBB\xBF"
        "Alert Time;MITRE Technique;Alert Name;Account ID;User;Level\r\n"
        "2026-03-01 10:05;T1078;r;1;eve;High\r\n",
        "timestamp\ttechnique_id\ttitle\taws_account\tprincipal\tpriority\n"
        "1772359500\tattack.t1078\tr\t1\teve\tHIGH\n"}) {
    const auto alert = only(text);
    EXPECT_EQ(alert.form, "table") << text;
    EXPECT_EQ(alert.title, "r");
    EXPECT_THAT(alert.techniques, ElementsAre("T1078"));
    EXPECT_THAT(alert.accounts, ElementsAre("1"));
    EXPECT_THAT(alert.actors, ElementsAre("eve"));
    EXPECT_EQ(alert.severity, "high");
    EXPECT_EQ(alert.time, at("2026-03-01T10:05:00Z"));
    EXPECT_EQ(alert.place.line, 2U);
  }
}

TEST_F(ReadingAlerts, FormsMayBeMixedOnePerLine) {
  std::string flat(kFlatElastic);
  std::ranges::replace(flat, '\n', ' ');
  const auto alerts =
      read(flat +
           "\n{\"class_uid\": 2004, \"time\": 1772359500000, \"message\": \"m\"}\n\n{\"a\": 1}\n" +
           flat);
  ASSERT_THAT(alerts, SizeIs(3));
  EXPECT_EQ(alerts[1].form, "ocsf");
  EXPECT_EQ(alerts[1].place.line, 2U);
  EXPECT_EQ(alerts[2].place.line, 5U);
  EXPECT_EQ(file_.num_others, 1U);
}

TEST_F(ReadingAlerts, ABadRecordCostsOnlyItself) {
  const auto alerts = read(
      "{\"class_uid\": 2004, \"time\": 1772359500000}\n{\"class_uid\": 2004,\n{\"class_uid\": "
      "2004}\n"
      "{\"class_uid\": 2004, \"time\": 1772359600000}\n");
  EXPECT_THAT(alerts, SizeIs(2));
  EXPECT_THAT(problems(), HasSubstr("alerts:2: error[alert.bad]"));
  EXPECT_THAT(problems(), HasSubstr("the alert has no time"));
}

TEST_F(ReadingAlerts, WhatHoldsNoAlertIsAnError) {
  for (const char* text : {"hello\n", "{\"a\": 1}\n", "a,b\n1,2\n", "[17, {}]", "17"}) {
    report_ = {};
    EXPECT_THAT(read(text), IsEmpty());
    ASSERT_TRUE(report_.has_errors()) << text;
    EXPECT_EQ(report_.problems().back().error.code, kNoAlerts);
  }
}

TEST_F(ReadingAlerts, AnExportOfAQuietDayIsNone) {
  for (const char* text : {"", "[]", R"({"Findings": []})", "time,rule\n"}) {
    report_ = {};
    EXPECT_THAT(read(text), IsEmpty());
    EXPECT_FALSE(report_.has_errors()) << text << problems();
    EXPECT_THAT(problems(), HasSubstr("warning[alert.none]"));
  }
}

TEST_F(ReadingAlerts, WhatAnAttackerWritesIsBounded) {
  const std::string title(100'000, 'x');
  std::string users;
  for (int i = 0; i < 1'000; ++i) users += (i == 0 ? "\"u" : ",\"u") + std::to_string(i) + "\"";
  const auto alert = only(R"({"class_uid": 2004, "time": 1772359500000, "message": ")" + title +
                          R"(", "actor": {"user": {"name": [)" + users + "]}}}");
  EXPECT_EQ(alert.title.size(), kMaxTextBytes);
  EXPECT_THAT(alert.actors, SizeIs(kMaxValues));
}

}  // namespace
}  // namespace nepho::alert
