#include "coverage/gate.h"

#include <gtest/gtest.h>

namespace nepho::coverage {
namespace {

const LogSourceUses kLogs{{"aws.cloudtrail", {"aws", true}},
                          {"aws.s3", {"aws", false}},
                          {"azure.activity", {"azure", true}}};

inventory::Detection rule_reading(std::vector<std::string> log_sources) {
  inventory::Detection rule;
  rule.id = "r1";
  rule.format = "sigma";
  rule.log_sources = std::move(log_sources);
  rule.status = "test";
  rule.runnable = true;
  return rule;
}

std::vector<Fault> kinds(const std::vector<Broken>& faults) {
  std::vector<Fault> out;
  for (const Broken& fault : faults) out.push_back(fault.fault);
  return out;
}

TEST(Gate, LetsAWorkingRuleThrough) {
  const auto rule = rule_reading({"aws.cloudtrail"});
  EXPECT_TRUE(faults_of(rule).empty());
  EXPECT_TRUE(faults_on(rule, "aws", kLogs).empty());
}

TEST(Gate, NamesEveryFaultOfARule) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.enabled = false;
  rule.status = "deprecated";
  rule.runnable = false;
  EXPECT_EQ(kinds(faults_of(rule)),
            (std::vector{Fault::kNotRunnable, Fault::kDisabled, Fault::kDeprecated}));
}

TEST(Gate, SaysWithItsLineWhyARuleDoesNotCompile) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.runnable = false;
  rule.problems.push_back({Severity::kWarning, Error(ErrorCode("sigma.style"), "no author")});
  rule.problems.push_back(
      {Severity::kError, Error(ErrorCode("sigma.unknown_modifier"), "'startwith' is not a modifier",
                               {.file = "x.yml", .line = 14})});
  EXPECT_EQ(faults_of(rule).at(0).reason, "line 14: 'startwith' is not a modifier");
}

TEST(Gate, ARuleNeedsOneOfItsLogSources) {
  EXPECT_TRUE(faults_on(rule_reading({"aws.s3", "aws.cloudtrail"}), "aws", kLogs).empty());
  EXPECT_EQ(kinds(faults_on(rule_reading({"aws.s3"}), "aws", kLogs)),
            std::vector{Fault::kLogSourceOff});
  EXPECT_EQ(kinds(faults_on(rule_reading({"aws.gone"}), "aws", kLogs)),
            std::vector{Fault::kUnknownLogSource});
  EXPECT_EQ(kinds(faults_on(rule_reading({}), "aws", kLogs)),
            std::vector{Fault::kUnknownLogSource});
}

TEST(Gate, ALogSourceOfAnotherProviderDoesNotHelp) {
  EXPECT_EQ(kinds(faults_on(rule_reading({"azure.activity"}), "aws", kLogs)),
            std::vector{Fault::kUnknownLogSource});
}

TEST(Gate, AFieldThatTheLogSourceLacksBreaksTheRule) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.problems.push_back(
      {Severity::kWarning, Error(ErrorCode("unknown-field"), "aws.cloudtrail has no 'eventNam'")});
  EXPECT_EQ(kinds(faults_of(rule)), std::vector{Fault::kMissingField});
}

TEST(Gate, ARuleOfAnotherProductRunsThere) {
  auto rule = rule_reading({});
  rule.format = "elastic";
  rule.name = "Console login without MFA";
  rule.runnable = false;
  EXPECT_TRUE(faults_of(rule).empty());
  EXPECT_TRUE(faults_on(rule, "aws", kLogs).empty());
  rule.id = rule.name = "";  // it could not be read
  EXPECT_EQ(kinds(faults_of(rule)), std::vector{Fault::kNotRunnable});
}

}  // namespace
}  // namespace nepho::coverage
