// `nepho map` as its users see it: what is printed where, and the exit codes of cli.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using testing::HasSubstr;

constexpr std::string_view kGood =
    "title: Good\nid: 0a1b2c3d-0000-4000-8000-000000000001\nlevel: high\nstatus: test\ntags: "
    "[attack.persistence, attack.t1136.003]\n"
    "logsource: {product: aws, service: cloudtrail}\ndetection:\n    s: {eventName: CreateUser}\n  "
    "  condition: s\n";
constexpr std::string_view kBroken =
    "title: Broken\nid: 0a1b2c3d-0000-4000-8000-000000000002\ntags: [attack.t1136.003]\n"
    "logsource: {product: aws, service: cloudtrail}\ndetection:\n    s: {eventName|startwith: C}\n "
    "   condition: s\n";
constexpr std::string_view kWaiting =
    "title: Waiting\nid: 0a1b2c3d-0000-4000-8000-000000000003\ntags: [attack.t1136.003]\n"
    "logsource: {product: aws, service: cloudtrail}\ndetection:\n    s: {userAgent|expand: "
    "'%agents%'}\n    condition: s\n";

TEST(Map, GoodRulesAreDataOnStdoutAndExitZero) {
  const TemporaryFolder folder;
  folder.write("good.yml", kGood);
  const auto run = run_nepho({"map", "--format", "csv", folder.path().string()});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(
      run.out,
      "RULE,LEVEL,STATE,PROVIDER,TECHNIQUES,TACTICS\r\nGood,high,good,aws,T1136.003,TA0003\r\n");
}

TEST(Map, ABrokenRuleCostsOnlyItselfAndExitsTwo) {
  const TemporaryFolder folder;
  folder.write("good.yml", kGood);
  const std::string broken = folder.write("sub/broken.yml", kBroken);
  folder.write("sub/README.md", "no rule");
  const auto run = run_nepho({"map", "--format", "json", folder.path().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr(broken + ":6:19: error[sigma.unknown_modifier]"));
  EXPECT_THAT(run.err, HasSubstr("did you mean 'startswith'?"));
  const auto json = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(json) << run.out;
  EXPECT_EQ(json->root().string_at("schema"), "nephometer/map/1");
  const auto detections = json->root().find("detections");
  ASSERT_TRUE(detections);
  std::string runnable;
  for (const text::JsonValue& detection : detections->children())
    runnable +=
        std::string(detection.string_at("name")) + (detection.flag_at("runnable") ? "+ " : "- ");
  EXPECT_EQ(runnable, "Good+ Broken- ");
}

// Neither is broken for being in a language that we do not run.
TEST(Map, AFolderMayMixTheRulesOfSeveralProducts) {
  const TemporaryFolder folder;
  folder.write("a.yml", kGood);
  folder.write("b.toml",
               "[metadata]\nintegration = [\"okta\"]\nmaturity = \"production\"\n[rule]\n"
               "rule_id = \"b\"\nname = \"Toml\"\nseverity = \"low\"\n[[rule.threat]]\n"
               "framework = \"MITRE ATT&CK\"\n[[rule.threat.technique]]\nid = \"T1621\"\n");
  folder.write("c.csv", "id,name,techniques,provider,severity\nc,Csv,T1136.003,gcp,high\n");
  folder.write("d.json", R"({"settings": [1, 2]})");
  folder.write("e.yaral",
               "rule Yara {\n meta:\n  technique = \"T1098.001\"\n  data_source = \"AWS\"\n"
               " events:\n  $e\n condition:\n  $e\n}\n");
  const auto run = run_nepho({"map", "--format", "csv", folder.path().string()});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out,
            "RULE,LEVEL,STATE,PROVIDER,TECHNIQUES,TACTICS\r\n"
            "Good,high,good,aws,T1136.003,TA0003\r\nToml,low,good,okta,T1621,\r\n"
            "Csv,high,good,gcp,T1136.003,\r\nYara,,good,aws,T1098.001,\r\n");
}

TEST(Map, LintErrorsExitOne) {
  const TemporaryFolder folder;
  folder.write("broken.yml", kBroken);
  const auto run = run_nepho({"map", "--lint", "--format", "csv", folder.path().string()});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out, HasSubstr("sigma.unknown_modifier"));
}

// Without values a rule is not run, which is no fault of the rule: the values are the team's.
TEST(Map, PlaceholdersComeFromTheFile) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("waiting.yml", kWaiting);
  const std::string values = folder.write("values.json", R"({"agents": ["rclone*"]})");
  const auto without = run_nepho({"map", "--format", "ndjson", rule});
  EXPECT_EQ(without.exit_code, 0);
  EXPECT_THAT(without.out, HasSubstr("\"runnable\":false"));
  EXPECT_THAT(without.out, HasSubstr("sigma.missing_placeholder"));
  const auto with = run_nepho({"map", "--format", "ndjson", "--placeholders", values, rule});
  EXPECT_EQ(with.exit_code, 0);
  EXPECT_THAT(with.out, HasSubstr("\"runnable\":true"));
  EXPECT_THAT(with.out, testing::Not(HasSubstr("sigma.missing_placeholder")));
}

TEST(Map, PathsAndPlaceholderFilesThatAreNotThereAreSaid) {
  const auto none = run_nepho({"map", "/no/such/rules"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("/no/such/rules"));
  const TemporaryFolder folder;
  const std::string rule = folder.write("good.yml", kGood);
  EXPECT_EQ(run_nepho({"map", "--placeholders", "/no/such/file", rule}).exit_code, 3);
}

TEST(Map, InvalidBytesAndBombsAreErrorsWithAPlace) {
  const TemporaryFolder folder;
  folder.write("bytes.yml", "title: \xFF\xFE\n");
  folder.write("deep.yml", std::string(5'000, '['));
  folder.write("good.yml", kGood);
  const auto run = run_nepho({"map", "--format", "ndjson", folder.path().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("bytes.yml"));
  EXPECT_THAT(run.err, HasSubstr("yaml.too_deep"));
  EXPECT_THAT(run.out, HasSubstr("\"name\":\"Good\""));
}

}  // namespace
}  // namespace nepho::tests
