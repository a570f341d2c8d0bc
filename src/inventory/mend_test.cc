#include "inventory/mend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"
#include "text/edit.h"

namespace nepho::inventory {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The text mended; mending it again must change nothing.
std::string mended(const std::string& text) {
  auto once = mend(text, "r", test_references());
  const std::string after = text::apply_edits(text, std::move(once.edits));
  EXPECT_THAT(mend(after, "r", test_references()).edits, IsEmpty()) << after;
  return after;
}

TEST(Mend, OfSigmaOnlyTagsChange) {
  EXPECT_EQ(mended("title: a # T1562.008\nlogsource: {product: aws}\ntags:\n"
                   "  - attack.defense-evasion # why\n  - 'attack.t1562.008'\r\n"),
            "title: a # T1562.008\nlogsource: {product: aws}\ntags:\n"
            "  - attack.defense-impairment # why\n  - 'attack.t1685.002'\r\n");
}

TEST(Mend, AnItemThatWouldStandTwiceGoesWithItsLine) {
  const std::string head = "name: T1562.008\nsearch: x\ndata_source: []\ntags:\n";
  EXPECT_EQ(mended(head + "  mitre_attack_id:\n  - T1562.001\n  - \"T1562\"  # old\n  - T1078\n"),
            head + "  mitre_attack_id:\n  - T1685\n  - T1078\n");
  EXPECT_EQ(mended(head + "  mitre_attack_id: [T1685.002, T1078, T1562.008]\n"),
            head + "  mitre_attack_id: [T1685.002, T1078]\n");
}

TEST(Mend, OfPantherBothHalvesOfAPairChange) {
  const std::string head = "AnalysisType: rule\nRuleID: a\nReports:\n  MITRE ATT&CK:\n";
  EXPECT_EQ(mended(head + "    - TA0005:T1562.008 # Defense Evasion\n    - \"TA0005:T1070.004\"\n"),
            head + "    - TA0112:T1685.002 # Defense Evasion\n    - \"TA0005:T1070.004\"\n");
}

TEST(Mend, OfSentinelTechniquesChangeAndTacticsStay) {
  EXPECT_EQ(mended("\xEF\xBB\xBFid: a\r\nname: b\r\ntactics:\r\n  - DefenseEvasion\r\n"
                   "relevantTechniques:\r\n  - T1562.008\r\nquery: |\r\n  T1562.008\r\n"),
            "\xEF\xBB\xBFid: a\r\nname: b\r\ntactics:\r\n  - DefenseEvasion\r\n"
            "relevantTechniques:\r\n  - T1685.002\r\nquery: |\r\n  T1562.008\r\n");
}

std::string elastic(const std::string& threats) {
  return "[rule]\nname = \"a\" # T1562\nrule_id = \"b\"\n\n" + threats;
}

std::string table(const std::string& header, const std::string& id, const std::string& name,
                  const std::string& path) {
  return header + "\nid = \"" + id + "\"\nname = \"" + name +
         "\"\nreference = \"https://attack.mitre.org/" + path + "/\"\n";
}

const std::string kThreat = "[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n\n";
const std::string kTechnique = "[[rule.threat.technique]]";
const std::string kSub = "[[rule.threat.technique.subtechnique]]";
const std::string kTactic = "[rule.threat.tactic]";

TEST(Mend, OfElasticIdNameAndReferenceChangeTogether) {
  EXPECT_EQ(
      mended(elastic(
          kThreat + table(kTechnique, "T1562", "Impair Defenses", "techniques/T1562") + "\n" +
          table(kSub, "T1562.007", "Disable or Modify Cloud Firewall", "techniques/T1562/007") +
          "\n" + table(kTactic, "TA0005", "Defense Evasion", "tactics/TA0005"))),
      elastic(kThreat +
              table(kTechnique, "T1686", "Disable or Modify System Firewall", "techniques/T1686") +
              "\n" + table(kSub, "T1686.001", "Cloud Firewall", "techniques/T1686/001") + "\n" +
              table(kTactic, "TA0112", "Defense Impairment", "tactics/TA0112")));
}

TEST(Mend, OfElasticASubTechniqueThatIsNoneAnyMoreTakesItsParentsPlace) {
  EXPECT_EQ(
      mended(elastic(kThreat + table(kTechnique, "T1562", "Impair Defenses", "techniques/T1562") +
                     "\n" +
                     table(kSub, "T1562.001", "Disable or Modify Tools", "techniques/T1562/001") +
                     "\n" + table(kTactic, "TA0005", "Defense Evasion", "tactics/TA0005"))),
      elastic(kThreat + table(kTechnique, "T1685", "Disable or Modify Tools", "techniques/T1685") +
              "\n" + table(kTactic, "TA0112", "Defense Impairment", "tactics/TA0112")));
}

TEST(Mend, OfElasticAThreatThatNowHasTwoTacticsBecomesTwo) {
  const std::string deletion =
      table(kTechnique, "T1070", "Indicator Removal", "techniques/T1070") + "\n";
  EXPECT_EQ(
      mended(elastic(kThreat + deletion +
                     table(kTechnique, "T1562", "Impair Defenses", "techniques/T1562") + "\n" +
                     table(kTactic, "TA0005", "Defense Evasion", "tactics/TA0005"))),
      elastic(kThreat + deletion + table(kTactic, "TA0005", "Stealth", "tactics/TA0005") + "\n" +
              kThreat + table(kTechnique, "T1685", "Disable or Modify Tools", "techniques/T1685") +
              "\n" + table(kTactic, "TA0112", "Defense Impairment", "tactics/TA0112")));
}

TEST(Mend, OfElasticTablesWithCommentsAreLeftAndSaid) {
  const std::string text = elastic(
      kThreat + "# why\n" + table(kTechnique, "T1562", "Impair Defenses", "techniques/T1562") +
      table(kSub, "T1562.001", "Disable or Modify Tools", "techniques/T1562/001") +
      table(kTactic, "TA0005", "Defense Evasion", "tactics/TA0005"));
  const attack::Migrated left = mend(text, "r", test_references());
  EXPECT_THAT(left.edits, IsEmpty());
  ASSERT_EQ(left.report.problems().size(), 1U);
  EXPECT_EQ(left.report.problems()[0].error.code, kNotMended);
}

TEST(Mend, OtherFormatsKeepTheirForm) {
  EXPECT_EQ(mended("- rule: a\n  desc: b\n  condition: c\n  tags: [mitre_defense_evasion, "
                   "T1562-impair-defenses]\n"),
            "- rule: a\n  desc: b\n  condition: c\n  tags: [mitre_defense_impairment, "
            "T1685-disable-or-modify-tools]\n");
  EXPECT_EQ(mended("<group name=\"aws\"><rule id=\"1\" level=\"3\"><mitre><id>T1562</id></mitre>"
                   "</rule></group>"),
            "<group name=\"aws\"><rule id=\"1\" level=\"3\"><mitre><id>T1685</id></mitre>"
            "</rule></group>");
  EXPECT_THAT(mended("rule a {\n meta:\n  mitre_attack_tactic = \"Defense Evasion\"\n"
                     "  mitre_attack_url = \"https://attack.mitre.org/techniques/T1562/008/\"\n"
                     " events:\n $e.a = \"b\"\n condition:\n $e\n}\n"),
              testing::AllOf(HasSubstr("\"Defense Impairment\""), HasSubstr("/T1685/002/\"")));
  EXPECT_THAT(mended("id: a\ntitle: b\nthreat:\n  Technique:\n    - T1656: Impersonation\n"),
              HasSubstr("- T1684.001: Impersonation\n"));
  EXPECT_EQ(mended("[a]\nsearch = x\naction.correlationsearch.annotations = "
                   "{\"cis\": [\"1\"], \"mitre_attack\": [\"T1562.008\"]}\n"),
            "[a]\nsearch = x\naction.correlationsearch.annotations = "
            "{\"cis\": [\"1\"], \"mitre_attack\": [\"T1685.002\"]}\n");
  EXPECT_EQ(mended("{\"properties\": {\"displayName\": \"a\", \"query\": \"T1562.008\", "
                   "\"techniques\": [\"T1562\"], \"subTechniques\": [\"T1562.008\"]}}"),
            "{\"properties\": {\"displayName\": \"a\", \"query\": \"T1562.008\", "
            "\"techniques\": [\"T1685\"], \"subTechniques\": [\"T1685.002\"]}}");
}

TEST(Mend, AnAliasIsMendedOnce) {
  EXPECT_EQ(mended("name: a\nsearch: x\ndata_source: &d [T1562]\ntags:\n  mitre_attack_id: "
                   "&m [T1562.008]\n---\nname: b\nsearch: x\ntags: {mitre_attack_id: [T1078]}\n"),
            "name: a\nsearch: x\ndata_source: &d [T1562]\ntags:\n  mitre_attack_id: "
            "&m [T1685.002]\n---\nname: b\nsearch: x\ntags: {mitre_attack_id: [T1078]}\n");
}

TEST(Mend, AListInCsvIsLeftAndSaid) {
  const attack::Migrated left =
      mend("techniques,id,name\nT1562.008,T1562.008,a\n", "r", test_references());
  EXPECT_THAT(left.edits, IsEmpty());
  ASSERT_EQ(left.report.problems().size(), 1U);
  EXPECT_EQ(left.report.problems()[0].error.hint, "write T1685.002");
}

TEST(Mend, WhatIsNotWrittenAsItReadsIsLeftAndSaid) {
  const attack::Migrated left =
      mend("name: a\nsearch: x\ntags:\n  mitre_attack_id: [\"T15\\x362.008\"]\n", "r",
           test_references());
  EXPECT_THAT(left.edits, IsEmpty());
  ASSERT_EQ(left.report.problems().size(), 1U);
  EXPECT_EQ(left.report.problems()[0].error.code, kNotMended);
}

}  // namespace
}  // namespace nepho::inventory
