#include "coverage/robustness.h"

#include <gtest/gtest.h>

#include "sigma/load.h"
#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

// A table of few rows, so that the tests hold whatever the knowledge says.
constexpr std::string_view kTable = R"(
rows:
  - {level: 1, fields: ["*ipaddress", useragent]}
  - {level: 2, values: [pacu, stratus]}
  - {level: 3, fields: [errorcode]}
  - {level: 4, fields: [eventname]}
  - {level: 5, fields: ["requestparameters*"]}
other: 3
presence: 4
keyword: 2
)";

int level(const std::string& detection) {
  const auto documents = sigma::parse_documents(
      "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\n"
      "logsource: {product: aws, service: cloudtrail}\ndetection:\n" +
          detection,
      "r.yml", {});
  EXPECT_TRUE(documents.at(0).is_runnable) << detection;
  return robustness_of(documents.at(0).rule, *parse_robustness(kTable, "t.yml"));
}

int level_of_line(const std::string& line) {
  return level("  s: {" + line + "}\n  condition: s\n");
}

TEST(Robustness, ATestHasTheLevelOfItsField) {
  EXPECT_EQ(level_of_line("sourceIPAddress|cidr: 10.0.0.0/8"), 1);
  EXPECT_EQ(level_of_line("userAgent|contains: curl"), 1);
  EXPECT_EQ(level_of_line("errorCode: AccessDenied"), 3);
  EXPECT_EQ(level_of_line("eventName: CreateUser"), 4);
  EXPECT_EQ(level_of_line("requestParameters.policyArn|endswith: Admin"), 5);
}

TEST(Robustness, AnUnknownFieldHasTheLevelOfOthers) {
  EXPECT_EQ(level_of_line("awsRegion: eu-west-1"), 3);
}

TEST(Robustness, TheNameOfAToolIsLowWhateverTheField) {
  EXPECT_EQ(level_of_line("requestParameters.userName|startswith: Pacu"), 2);
  EXPECT_EQ(level_of_line("userAgent|contains: pacu"), 1) << "the first row counts";
}

// "pacu or anything else" is not passed by, by renaming the tool alone.
TEST(Robustness, OneNameThatIsNoToolsLiftsTheList) {
  EXPECT_EQ(level_of_line("eventName: [pacu, stratus]"), 2);
  EXPECT_EQ(level_of_line("eventName: [pacu, CreateUser]"), 4);
}

TEST(Robustness, AskingWhetherAFieldIsThereIsPresence) {
  EXPECT_EQ(level_of_line("awsRegion|exists: true"), 4);
  EXPECT_EQ(level_of_line("errorCode: null"), 4);
  EXPECT_EQ(level_of_line("errorCode: '*'"), 4);
  EXPECT_EQ(level_of_line("requestParameters.x: null"), 5);
}

TEST(Robustness, AKeywordIsLookedForAnywhere) {
  EXPECT_EQ(level("  s: [CreateUser]\n  condition: s\n"), 2);
}

TEST(Robustness, AndIsAsWeakAsItsWeakestPart) {
  EXPECT_EQ(level_of_line("eventName: CreateUser, userAgent|contains: curl"), 1);
  EXPECT_EQ(level_of_line("eventName: CreateUser, requestParameters.x: y"), 4);
}

TEST(Robustness, OrIsAsStrongAsItsStrongestPart) {
  EXPECT_EQ(level("  a: {userAgent: curl}\n  b: {eventName: x}\n  condition: a or b\n"), 4);
}

TEST(Robustness, NotIsAsWeakAsWhatItFiltersOut) {
  EXPECT_EQ(level("  a: {eventName: x}\n  f: {userAgent: terraform}\n  condition: a and not f\n"),
            1);
  EXPECT_EQ(level("  a: {eventName: x}\n  f: {requestParameters.a: b}\n  condition: a and not f\n"),
            4);
}

TEST(Robustness, TreesNest) {
  EXPECT_EQ(level("  a: {eventName: x}\n  b: {userAgent: y}\n  c: {errorCode: z}\n"
                  "  condition: a and (b or (c and not a))\n"),
            3);
}

ErrorCode fault(std::string_view yaml) {
  const auto table = parse_robustness(yaml, "t.yml");
  return table ? ErrorCode{"none"} : table.error().code;
}

TEST(Robustness, AFaultyTableIsAnErrorWithItsPlace) {
  const std::string tail = "\nother: 3\npresence: 4\nkeyword: 2\n";
  EXPECT_EQ(fault("rows: [{level: 6, fields: [a]}]" + tail), kBadRobustness);
  EXPECT_EQ(fault("rows: [{level: 1}]" + tail), kBadRobustness);
  EXPECT_EQ(fault("rows: {}" + tail), kBadRobustness);
  EXPECT_EQ(fault("rows: []\nother: 3\npresence: 4\n"), kBadRobustness);
  EXPECT_EQ(fault("rows: []\nothers: 3" + tail), text::kYamlUnknownKey);
  const auto table = parse_robustness("rows:\n  - {level: 0, fields: [a]}" + tail, "t.yml");
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(to_string(table.error().place), "t.yml:2:13");
}

// The shipped table on the shapes of rules that it is for.
TEST(Robustness, TheKnowledgeSeesThroughCommonRules) {
  const auto table = load_robustness(Knowledge());
  ASSERT_TRUE(table.has_value()) << to_string(table.error());
  const auto level_in = [&](const std::string& field, const std::string& value) {
    const auto documents = sigma::parse_documents(
        "title: t\nid: 0a1b2c3d-0000-4000-8000-000000000001\nlogsource: {product: aws}\n"
        "detection: {s: {" +
            field + ": " + value + "}, condition: s}\n",
        "r.yml", {});
    return robustness_of(documents.at(0).rule, *table);
  };
  EXPECT_EQ(level_in("sourceIPAddress|cidr", "198.51.100.0/24"), 1);
  EXPECT_EQ(level_in("userIdentity.accessKeyId|startswith", "ASIA"), 1);
  EXPECT_EQ(level_in("requestParameters.userName|contains", "pacu"), 2);
  EXPECT_EQ(level_in("userIdentity.userName", "bob"), 2);
  EXPECT_EQ(level_in("errorCode|contains", "AccessDenied"), 3);
  EXPECT_EQ(level_in("eventName", "CreateUser"), 4);
  EXPECT_EQ(level_in("userIdentity.type", "Root"), 5);
  EXPECT_EQ(level_in("requestParameters.cidrIp", "0.0.0.0/0"), 5);
}

}  // namespace
}  // namespace nepho::coverage
