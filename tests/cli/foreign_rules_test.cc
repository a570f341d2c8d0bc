// Rules of other products in the coverage, as a user of several products has them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string elastic_rule(const std::string& index) {
  return "[metadata]\nintegration = [\"aws\"]\nmaturity = \"production\"\n[rule]\n"
         "rule_id = \"e1\"\nname = \"Key made\"\nquery = 'event.action: CreateAccessKey'\n"
         "index = [\"" +
         index +
         "\"]\n[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n"
         "[[rule.threat.technique]]\nid = \"T1098\"\n"
         "[[rule.threat.technique.subtechnique]]\nid = \"T1098.001\"\n";
}

// A workspace that receives CloudTrail and no VPC flow logs, with one rule of Elastic's.
struct Team {
  explicit Team(const std::string& index) {
    write(folder.path() / "nephometer.yml",
          "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
          "detections: [{path: elastic}]\n");
    write(folder.path() / "elastic" / "key.toml", elastic_rule(index));
  }
  Run run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--workspace", folder.path().string()});
    return run_nepho(arguments);
  }
  std::string state_of(std::string_view technique) const {
    const Run run = this->run({"coverage", "--format", "json"});
    const auto coverage = text::JsonDocument::parse(run.out);
    if (!coverage) return run.err;
    for (const text::JsonValue& cell : coverage->root().find("cells")->children())
      if (cell.string_at("technique") == technique) return std::string(cell.string_at("state"));
    return "no cell";
  }

  TemporaryFolder folder;
};

TEST(ForeignRules, CountAsMappedWhereTheirLogsArrive) {
  const Team team("logs-aws.cloudtrail-*");
  EXPECT_EQ(team.state_of("T1098.001"), "mapped");
  EXPECT_THAT(team.run({"explain", "T1098.001", "--on", "aws"}).out,
              HasSubstr("it runs in its own product (elastic)"));
}

TEST(ForeignRules, AreBrokenWhereTheirLogsDoNotArrive) {
  const Team team("logs-aws.securityhub_findings-*");
  EXPECT_EQ(team.state_of("T1098.001"), "telemetry");
  EXPECT_THAT(team.run({"explain", "T1098.001", "--on", "aws"}).out,
              HasSubstr("does not receive aws.securityhub"));
}

TEST(ForeignRules, WithoutAKnownLogCountOnTheirWord) {
  EXPECT_EQ(Team("filebeat-*").state_of("T1098.001"), "mapped");
}

TEST(ForeignRules, ACopyOfASigmaRuleCountsOnce) {
  const std::string id = "8ad1600d-e9dc-4251-b0ee-a65268f29add";
  const Team team("logs-aws.cloudtrail-*");
  write(team.folder.path() / "elastic" / "copy.yml",
        "title: Key made\nid: " + id +
            "\nstatus: stable\nlogsource: {product: aws, service: cloudtrail}\n"
            "detection: {a: {eventName: CreateAccessKey}, condition: a}\n"
            "tags: [attack.t1098.001]\n");
  std::string text = elastic_rule("logs-aws.cloudtrail-*");
  text.insert(text.find("query"), "description = \"Sigma rule " + id + "\"\n");
  write(team.folder.path() / "elastic" / "key.toml", text);
  const auto run = team.run({"coverage", "--format", "json"});
  const auto coverage = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(coverage) << run.err;
  for (const text::JsonValue& cell : coverage->root().find("cells")->children()) {
    if (cell.string_at("technique") != "T1098.001") continue;
    std::vector<std::string> rules;
    for (const text::JsonValue& rule : cell.find("rules")->children())
      rules.emplace_back(rule.text());
    EXPECT_EQ(rules, std::vector{id});
  }
  EXPECT_THAT(run.err, HasSubstr("1 of 2 rules are copies of others and count once"));
  EXPECT_THAT(team.run({"map"}).err, HasSubstr("2 detections (1 of them copies of others)"));
  EXPECT_THAT(team.run({"map", "--lint"}).out, HasSubstr("duplicate"));
}

TEST(ForeignRules, AWorkspaceSaysWhichOfAFolderCount) {
  const Team team("logs-aws.cloudtrail-*");
  std::string off = elastic_rule("logs-aws.cloudtrail-*");
  off.replace(off.find("\"e1\""), 4, "\"e2\"");
  off.replace(off.find("Key made"), 8, "Left off");
  off.replace(off.find("CreateAccessKey"), 15, "CreateLoginProfile");
  off.insert(off.find("query"), "enabled = false\n");
  write(team.folder.path() / "elastic" / "off.toml", off);
  write(team.folder.path() / "elastic" / "list.csv",
        "id,name,techniques,provider\nR-1,Listed,T1530,aws\n");
  const auto names = [&](const std::string& options) {
    write(team.folder.path() / "nephometer.yml",
          "providers: {aws: {}}\ndetections: [{path: elastic" + options + "}]\n");
    const std::string out = team.run({"map", "--format", "csv"}).out;
    std::string found;
    for (const std::string name : {"Key made", "Left off", "Listed"})
      if (out.find(name) != std::string::npos) found += name + ";";
    return found;
  };
  EXPECT_EQ(names(""), "Key made;Left off;Listed;");
  EXPECT_EQ(names(", format: elastic"), "Key made;Left off;");
  EXPECT_EQ(names(", enabled_only: true"), "Key made;Listed;");
}

TEST(MapIndex, LeadsFromTechniquesToRules) {
  const Team team("logs-aws.cloudtrail-*");
  EXPECT_EQ(team.run({"map", "--by-technique", "--format", "csv"}).out,
            "TECHNIQUE,NAME,PROVIDER,RULES,WHICH\r\n"
            "T1098,Account Manipulation,aws,1,Key made\r\n"
            "T1098.001,Additional Cloud Credentials,aws,1,Key made\r\n");
  EXPECT_THAT(team.run({"map", "--one-rule", "--technique", "T1098.001", "--format", "csv"}).out,
              HasSubstr("WHICH\r\nT1098.001,"));
  EXPECT_THAT(team.run({"map", "--provider", "gcp", "--format", "csv"}).out,
              Not(HasSubstr("Key made")));
  EXPECT_THAT(team.run({"map", "--technique", "T1098", "--provider", "aws"}).out,
              HasSubstr("Key made"));
}

TEST(MapIndex, AsksWhatIsMeantByAnUnknownName) {
  const Team team("logs-aws.cloudtrail-*");
  for (const auto& arguments : {std::vector<std::string>{"map", "--provider", "asw"},
                                {"map", "--technique", "T9999"},
                                {"map", "--technique", "Valid Accounts"}}) {
    const auto run = team.run(arguments);
    EXPECT_EQ(run.exit_code, 3) << run.out;
    EXPECT_THAT(run.out, ::testing::IsEmpty());
  }
  EXPECT_THAT(team.run({"map", "--technique", "T1562.008"}).err, HasSubstr("T1685.002"));
}

TEST(NativeDetectors, StandApartInTheCoverage) {
  const Team team("logs-aws.cloudtrail-*");
  const std::string file = (team.folder.path() / "nephometer.yml").string();
  std::ofstream(file, std::ios::app) << "native: [aws.guardduty]\n";
  EXPECT_EQ(team.state_of("T1098.004"), "mapped");  // by the rule's tag of its parent
  EXPECT_EQ(team.state_of("T1190"), "telemetry");
  EXPECT_THAT(team.run({"coverage"}).out, HasSubstr("claimed by native detectors"));
  EXPECT_THAT(team.run({"explain", "T1190", "--on", "aws"}).out,
              HasSubstr("Amazon GuardDuty claims to detect it"));
  std::ofstream(file) << "native: [aws.gardduty]\n";
  const auto run = team.run({"coverage"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("did you mean 'aws.guardduty'?"));
}

}  // namespace
}  // namespace nepho::tests
