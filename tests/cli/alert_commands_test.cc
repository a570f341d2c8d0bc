// validate --alerts as a user runs it: what another product alerted on, held against what was
// played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kCheckFailed = 1;
constexpr int kUsage = 3;

// Attacks and what looks like them, as another product would be given them.
class AlertsOfOthers : public testing::Test {
 protected:
  AlertsOfOthers() : logs_((folder_.path() / "logs").string()) {
    const auto made = run_nepho({"simulate", "--technique", "T1098", "--technique", "T1136",
                                 "--provider", "aws", "--lookalikes", "--with-background", "200",
                                 "-o", logs_, "--as-of", "2026-03-01"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  // The findings of our own engine stand in for another product's.
  std::string findings(const std::string& format) {
    return run_nepho({"detect", "--pack", "--format", format, logs_ + "/AWSLogs"}).out;
  }
  tests::Run validate(std::vector<std::string> more) {
    std::vector<std::string> words{"validate",           "--telemetry", logs_,       "--cases",
                                   logs_ + "/cases.tsv", "--as-of",     "2026-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words);
  }
  // Verdict, technique and procedure of each row.
  static std::vector<std::string> verdicts(const tests::Run& run) {
    std::vector<std::string> rows;
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);) {
      std::size_t end = 0;
      for (int i = 0; i < 3; ++i) end = line.find(',', end) + 1;
      rows.push_back(line.substr(0, end));
    }
    std::ranges::sort(rows);
    return rows;
  }

  TemporaryFolder folder_;
  std::string logs_;
};

TEST_F(AlertsOfOthers, OurOwnAlertsGiveTheVerdictsOfTheEngine) {
  const std::string alerts = folder_.write("alerts.ndjson", findings("ocsf"));
  const auto played = validate({"--pack", "--format", "csv"});
  const auto alerted = validate({"--pack", "--format", "csv", "--alerts", alerts});
  EXPECT_GT(verdicts(played).size(), 20U);
  EXPECT_EQ(verdicts(alerted), verdicts(played)) << alerted.err;
  EXPECT_THAT(alerted.err, HasSubstr(" ocsf): "));
}

// The same without ids of events and rules: by account, actor, address, technique and time.
TEST_F(AlertsOfOthers, ATableOfAnOpaqueProductGivesThemToo) {
  std::string table = "Time,Technique,Alert,Account,Actor,Source IP,Severity\n";
  std::istringstream lines(findings("ndjson"));
  for (std::string line; std::getline(lines, line);) {
    const auto document = text::JsonDocument::parse(line);
    ASSERT_TRUE(document);
    const auto root = document->root();
    std::string techniques;
    for (const auto& id : root.find("techniques")->children()) {
      techniques += std::string(id.text()) + " ";
    }
    table += std::string(root.string_at("time")) + "," + techniques + ",\"Their name of " +
             std::string(root.find("rule")->string_at("title")) + "\"," +
             std::string(root.string_at("account")) + "," + std::string(root.string_at("actor")) +
             "," + std::string(root.string_at("source_ip")) + "," +
             std::string(root.find("rule")->string_at("level")) + "\n";
  }
  const std::string alerts = folder_.write("alerts.csv", table);
  const auto alerted = validate({"--format", "csv", "--alerts", alerts});
  EXPECT_EQ(verdicts(alerted), verdicts(validate({"--pack", "--format", "csv"}))) << alerted.err;
  EXPECT_THAT(alerted.out, HasSubstr("another product: Their name of"));
}

TEST_F(AlertsOfOthers, WithoutAlertsEveryAttackWasMissed) {
  const std::string alerts = folder_.write("alerts.json", "[]");
  const auto run = validate({"--format", "csv", "--alerts", alerts});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("no_alert,"));
  EXPECT_THAT(run.out, Not(HasSubstr("alerted,")));
}

TEST_F(AlertsOfOthers, WhatMatchesNothingIsCountedAndListed) {
  const std::string alerts = folder_.write(
      "alerts.csv",
      "time,rule,technique,actor\n2026-02-28T23:00:00Z,Evil \x1b[31m name,T1098,nobody-we-know\n");
  const auto run = validate({"--format", "json", "--alerts", alerts});
  EXPECT_THAT(run.err, HasSubstr("1 alerts read (1 table): 0 joined to what was played, 1 match"));
  EXPECT_THAT(run.err, HasSubstr("alerts.csv:2: another product: Evil \\x1b[31m name"));
  EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
  const auto document = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(document);
  const auto tally = document->root().find("alerts");
  ASSERT_TRUE(tally);
  EXPECT_EQ(tally->find("unmatched")->num_children(), 1U);
  EXPECT_EQ(tally->find("read")->text(), "1");
}

// A file that cannot be read would turn what was seen into misses.
TEST_F(AlertsOfOthers, AFileThatIsNoAlertsEndsTheRun) {
  const auto missing = validate({"--alerts", (folder_.path() / "none.json").string()});
  EXPECT_EQ(missing.exit_code, kUsage) << missing.out;
  const auto other = validate({"--alerts", folder_.write("other.json", "{\"a\": 1}")});
  EXPECT_EQ(other.exit_code, kUsage);
  EXPECT_THAT(other.err, HasSubstr("error[alert.none]"));
  const auto partly =
      validate({"--alerts", folder_.write("partly.ndjson", findings("ocsf") + "{")});
  EXPECT_EQ(partly.exit_code, kCheckFailed);  // the attacks that are missed weigh more
  EXPECT_THAT(partly.err, HasSubstr("error[alert.bad]"));
}

TEST_F(AlertsOfOthers, EvidenceIsKeptInTheWorkspaceWithTheRulesOfOurOwn) {
  folder_.write("workspace/nephometer.yml",
                "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
                "detections: [{pack: builtin}]\n");
  const std::string workspace = (folder_.path() / "workspace").string();
  const std::string alerts = folder_.write("alerts.ndjson", findings("ocsf"));
  const auto kept = validate({"--alerts", alerts, "--workspace", workspace, "--format", "ndjson"});
  EXPECT_THAT(kept.out, HasSubstr("\"kind\":\"synthetic\""));
  EXPECT_THAT(kept.out, Not(HasSubstr("\"hash\":\"\",\"alerted\":true")));
  const auto due = run_nepho(
      {"explain", "T1136.003", "--on", "aws", "--workspace", workspace, "--as-of", "2026-03-02"});
  EXPECT_THAT(due.out, HasSubstr("aws.persistence.create-user")) << due.err;
}

TEST(AlertOptions, SinceIsADateThatHasBeen) {
  const TemporaryFolder folder;
  const std::string alerts = folder.write("a.json", "[]");
  for (const char* since : {"soon", "2999-01-01"}) {
    const auto run = run_nepho(
        {"validate", "aws.persistence.create-user", "--alerts", alerts, "--since", since});
    EXPECT_EQ(run.exit_code, kUsage) << since << run.out;
  }
}

}  // namespace
}  // namespace nepho::tests
