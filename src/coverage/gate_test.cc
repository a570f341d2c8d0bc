#include "coverage/gate.h"

#include <gtest/gtest.h>

#include <set>

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

TEST(Gate, ALogSourceThatFellSilentBreaksTheRuleWithItsReason) {
  const LogSourceUses logs{{"aws.cloudtrail", {"aws", true, 1, "aws.cloudtrail fell silent"}}};
  const auto faults = faults_on(rule_reading({"aws.cloudtrail"}), "aws", logs);
  EXPECT_EQ(faults, (std::vector<Broken>{{Fault::kLogSourceDark, "aws.cloudtrail fell silent"}}));
}

TEST(Gate, OneLogSourceThatArrivesMakesUpForOneThatFellSilent) {
  const LogSourceUses logs{{"aws.cloudtrail", {"aws", true, 1, "aws.cloudtrail fell silent"}},
                           {"aws.s3", {"aws", true}}};
  EXPECT_TRUE(faults_on(rule_reading({"aws.cloudtrail", "aws.s3"}), "aws", logs).empty());
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

TEST(Gate, AMissingFieldThatTheRuleCanHoldWithoutBreaksNothing) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.problems.push_back(
      {Severity::kNote, Error(ErrorCode("unknown-field"), "aws.cloudtrail has no 'eventNam'")});
  EXPECT_TRUE(faults_of(rule).empty());
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

TEST(Gate, StatusesThatTakeARuleOutOfUse) {
  auto rule = rule_reading({"aws.cloudtrail"});
  for (const char* status : {"stable", "test", "experimental", "", "unheard-of"}) {
    rule.status = status;
    EXPECT_TRUE(faults_of(rule).empty()) << status;
  }
  rule.status = "unsupported";
  EXPECT_EQ(kinds(faults_of(rule)), std::vector{Fault::kUnsupported});
}

TEST(Gate, SaysSomethingAlsoWhereNoErrorWasKept) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.runnable = false;
  EXPECT_EQ(faults_of(rule).at(0).reason, "it cannot be compiled");
  rule.problems.push_back({Severity::kError, Error(ErrorCode("sigma.bad"), "no detection", {})});
  EXPECT_EQ(faults_of(rule).at(0).reason, "no detection");  // without a line there is none to name
}

TEST(Gate, AProblemThatIsNoMissingFieldBreaksNothing) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.problems.push_back({Severity::kWarning, Error(ErrorCode("sigma.style"), "no author")});
  rule.problems.push_back({Severity::kError, Error(ErrorCode("attack.unknown"), "no T9999")});
  EXPECT_TRUE(faults_of(rule).empty());
}

TEST(Gate, EveryFieldThatIsMissingIsNamed) {
  auto rule = rule_reading({"aws.cloudtrail"});
  rule.problems.push_back({Severity::kWarning, Error(ErrorCode("sigma.unknown_field"), "no 'a'")});
  rule.problems.push_back({Severity::kWarning, Error(ErrorCode("unknown-field"), "no 'b'")});
  const auto faults = faults_of(rule);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].reason, "no 'a'");
  EXPECT_EQ(faults[1].reason, "no 'b'");
}

// Of several sources each that is off is named: switching on any of them is enough.
TEST(Gate, NamesAllThatCouldBeSwitchedOn) {
  const LogSourceUses logs{{"aws.s3", {"aws", false}}, {"aws.waf", {"aws", false}}};
  EXPECT_EQ(faults_on(rule_reading({"aws.s3", "aws.waf"}), "aws", logs).at(0).reason,
            "the workspace does not receive aws.s3 or aws.waf");
}

TEST(Gate, OffIsSaidBeforeUnknown) {
  EXPECT_EQ(kinds(faults_on(rule_reading({"aws.gone", "aws.s3"}), "aws", kLogs)),
            std::vector{Fault::kLogSourceOff});
}

// Ids come from rules and from workspaces; a reason is shown as it is.
TEST(Gate, ReasonsAreHarmlessToPrint) {
  const LogSourceUses logs{{"aws.\x1b[31m", {"aws", false}}};
  EXPECT_EQ(faults_on(rule_reading({"aws.\x1b[31m"}), "aws", logs).at(0).reason,
            "the workspace does not receive aws.\\x1b[31m");
  EXPECT_EQ(faults_on(rule_reading({"a\nb"}), "aws", kLogs).at(0).reason,
            "nothing known delivers the log source a\\x0ab");
}

TEST(Gate, FaultsHaveStableNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (int fault = 0; fault <= static_cast<int>(Fault::kMissingField); ++fault) {
    names.insert(to_string(static_cast<Fault>(fault)));
  }
  EXPECT_EQ(names,
            (std::set<std::string_view>{"not-runnable", "disabled", "deprecated", "unsupported",
                                        "unknown-log-source", "log-source-off", "log-source-dark",
                                        "missing-field"}));
}

}  // namespace
}  // namespace nepho::coverage
