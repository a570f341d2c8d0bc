#include "inventory/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kGuid = "8ad1600d-e9dc-4251-b0ee-a65268f29add";
constexpr const char* kOther = "11111111-e9dc-4251-b0ee-a65268f29add";

Detection rule(std::string id, std::string format, std::size_t line = 1) {
  Detection detection{.id = std::move(id), .name = "A", .format = std::move(format), .path = "r"};
  detection.line = line;
  return detection;
}

// Positions of those that are copies.
std::vector<std::size_t> copies_in(std::vector<Detection>& detections) {
  mark_duplicates(detections);
  std::vector<std::size_t> copies;
  for (std::size_t i = 0; i < detections.size(); ++i)
    if (detections[i].duplicate_of) copies.push_back(i);
  return copies;
}

TEST(Duplicates, AGuidIsTheSameRuleInEveryFormatAndInAnyCase) {
  std::vector<Detection> rules{rule(kGuid, "sigma", 3), rule("R-1", "csv"),
                               rule("8AD1600D-E9DC-4251-B0EE-A65268F29ADD", "elastic", 9)};
  EXPECT_THAT(copies_in(rules), ElementsAre(2));
  EXPECT_EQ(rules[2].duplicate_of->id, kGuid);
  EXPECT_EQ(rules[2].duplicate_of->place.line, 3U);
  EXPECT_EQ(rules[0].group, rules[2].group);
  EXPECT_THAT(rules[1].group, IsEmpty());
  EXPECT_THAT(codes_of(rules[2]), ElementsAre("duplicate"));
  EXPECT_THAT(rules[2].problems[0].error.message, HasSubstr("r:3"));
}

TEST(Duplicates, OtherIdsAreTheSameRuleInOneFormatOnly) {
  std::vector<Detection> rules{rule("80202", "wazuh"), rule("80202", "csv"), rule("80202", "wazuh"),
                               rule("", "csv"), rule("", "csv")};
  EXPECT_THAT(copies_in(rules), ElementsAre(2));
}

TEST(Duplicates, TheSameTestsUnderAnotherIdAreTheSameRule) {
  std::vector<Detection> rules{rule("a", "sigma"), rule("b", "sigma"), rule("c", "sigma")};
  rules[0].hash = rules[1].hash = "h";
  rules[2].hash = "i";
  EXPECT_THAT(copies_in(rules), ElementsAre(1));
  EXPECT_THAT(rules[0].also_known_as, ElementsAre("b"));
  EXPECT_THAT(rules[1].also_known_as, ElementsAre("a"));
}

TEST(Duplicates, WhoIsMadeFromAnotherIsThatOneWhereItIsThere) {
  std::vector<Detection> rules{rule("a", "splunk"), rule(kGuid, "sigma"), rule("b", "splunk")};
  rules[0].upstream = kGuid;
  rules[2].upstream = kOther;
  rules[1].runnable = true;
  EXPECT_THAT(copies_in(rules), ElementsAre(0));
}

TEST(Duplicates, TheOneThatIsSwitchedOnStandsForThem) {
  std::vector<Detection> rules{rule(kGuid, "sigma"), rule(kGuid, "elastic"), rule(kGuid, "sigma")};
  rules[0].enabled = false;
  rules[2].runnable = true;
  EXPECT_THAT(copies_in(rules), ElementsAre(0, 1));
  EXPECT_EQ(rules[0].problems[0].severity, Severity::kNote);
  EXPECT_EQ(rules[1].problems[0].severity, Severity::kWarning);
}

TEST(Duplicates, FingerprintsForgetWhatCopyingChanges) {
  const Detection splunk = rule("a", "splunk");
  const std::string one = fingerprint_of("`cloudtrail` eventName=StopLogging | `a_filter`", splunk);
  EXPECT_EQ(one, fingerprint_of("`cloudtrail`  eventname=StopLogging\n| `b_filter(x)`", splunk));
  EXPECT_NE(one, fingerprint_of("`cloudtrail` eventName=DeleteTrail | `a_filter`", splunk));
  EXPECT_NE(one, fingerprint_of("`cloudtrail` eventName=StopLogging | `a_filter`",
                                rule("a", "sentinel")));
  EXPECT_THAT(fingerprint_of("eventName=CreateUser", splunk), IsEmpty());
  EXPECT_FALSE(fingerprint_of("a macro that is never closed `x_filter", splunk).empty());
}

TEST(Duplicates, ConvertedRulesNameTheirSigmaRule) {
  EXPECT_EQ(sigma_id_in(std::string("Converted from Sigma rule ") + kGuid), kGuid);
  EXPECT_THAT(sigma_id_in(std::string("made from ") + kGuid), IsEmpty());
  EXPECT_THAT(sigma_id_in("sigma 8ad1600d-e9dc-4251-b0ee"), IsEmpty());
}

TEST(Duplicates, ATemplateAndWhatWasDeployedFromItAreOneRule) {
  std::vector<Detection> rules =
      imported(R"({"resources":[{"name":"11111111-1111-1111-1111-111111111111","properties":{)"
               R"("displayName":"B","query":"SigninLogs","tactics":[],"alertRuleTemplateName":")" +
               std::string(kGuid) + "\"}}]}");
  rules.push_back(imported_one(std::string("id: ") + kGuid +
                               "\nname: A\nrelevantTechniques: [T1078]\nquery: SigninLogs | x\n"));
  EXPECT_THAT(copies_in(rules), ElementsAre(1));
}

// Of 60 rules with a few keys each: groups are what is joined by any chain of equal keys.
TEST(Duplicates, GroupsAreThoseOfTheNaiveSearch) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Detection> rules;
    for (int i = 0; i < 60; ++i) {
      rules.push_back(rule(std::to_string(random() % 60), "sigma"));
      rules.back().hash = std::to_string(random() % 80);
      rules.back().fingerprint = std::to_string(random() % 90);
    }
    std::vector<std::size_t> label(rules.size());
    for (std::size_t i = 0; i < label.size(); ++i) label[i] = i;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < rules.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const bool same = rules[i].id == rules[j].id || rules[i].hash == rules[j].hash ||
                            rules[i].fingerprint == rules[j].fingerprint;
          if (!same || label[i] == label[j]) continue;
          label[i] = label[j] = std::min(label[i], label[j]);
          changed = true;
        }
      }
    }
    mark_duplicates(rules);
    for (std::size_t i = 0; i < rules.size(); ++i)
      EXPECT_EQ(rules[i].duplicate_of.has_value(), label[i] != i) << round << " " << i;
  }
}

}  // namespace
}  // namespace nepho::inventory
