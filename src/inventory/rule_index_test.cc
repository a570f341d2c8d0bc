#include "inventory/rule_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::inventory {
namespace {

using testing::ElementsAre;

Detection rule(std::string id, std::vector<std::string> techniques,
               std::vector<std::string> providers) {
  Detection detection{.id = std::move(id), .format = "elastic"};
  detection.techniques = std::move(techniques);
  detection.providers = std::move(providers);
  return detection;
}

std::vector<std::string> lines_of(const std::vector<Detection>& detections) {
  std::vector<std::string> lines;
  for (const NamedCell& cell : rules_by_technique(detections)) {
    std::string line = cell.technique + "@" + cell.provider;
    for (const Detection* rule : cell.rules) line += " " + rule->id;
    lines.push_back(line);
  }
  return lines;
}

TEST(RuleIndex, LeadsFromATechniqueOnAProviderToItsRules) {
  EXPECT_THAT(lines_of({rule("b", {"T1098", "T1136.003"}, {"aws"}), rule("a", {"T1098"}, {"aws"}),
                        rule("c", {"T1098"}, {"gcp"}), rule("d", {"T1098"}, {})}),
              ElementsAre("T1098@ d", "T1098@aws b a", "T1098@gcp c", "T1136.003@aws b"));
}

TEST(RuleIndex, LeavesOutCopiesAndWhatCannotAlert) {
  std::vector<Detection> rules{rule("off", {"T1098"}, {"aws"}), rule("copy", {"T1098"}, {"aws"}),
                               rule("sigma", {"T1098"}, {"aws"}), rule("on", {"T1098"}, {"aws"})};
  rules[0].enabled = false;
  rules[1].duplicate_of = Duplicate{.id = "on", .place = {}};
  rules[1].group = rules[3].group = "g";
  rules[2].format = "sigma";
  EXPECT_THAT(lines_of(rules), ElementsAre("T1098@aws on"));
}

TEST(RuleIndex, ACopyCountsWhereTheOneThatStandsForItNamesNothing) {
  std::vector<Detection> rules{rule("copy", {"T1098", "T1530"}, {"aws"}),
                               rule("on", {"T1098"}, {"aws"})};
  rules[0].duplicate_of = Duplicate{.id = "on", .place = {}};
  rules[0].group = rules[1].group = "g";
  EXPECT_THAT(lines_of(rules), ElementsAre("T1098@aws on", "T1530@aws copy"));
}

TEST(RuleIndex, ATechniqueMeansItsSubTechniquesAndNoOtherNumber) {
  const Detection named = rule("a", {"T1098.001"}, {});
  EXPECT_TRUE(names_technique(named, "T1098"));
  EXPECT_TRUE(names_technique(named, "T1098.001"));
  EXPECT_FALSE(names_technique(named, "T1098.00"));
  EXPECT_FALSE(names_technique(named, "T109"));
  EXPECT_FALSE(names_technique(rule("b", {"T1098"}, {}), "T1098.001"));
}

}  // namespace
}  // namespace nepho::inventory
