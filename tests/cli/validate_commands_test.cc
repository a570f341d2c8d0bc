// simulate and validate as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kCheckFailed = 1;
constexpr int kUsage = 3;
const std::string kCreateUser = "aws.persistence.create-user";

constexpr std::string_view kWorkspace =
    "organisation: {name: Test, networks: [203.0.113.0/24]}\n"
    "providers:\n  aws: {account_ids: [\"111122223333\"]}\n"
    "log_sources:\n  aws.cloudtrail: {coverage: 1}\n"
    "detections:\n  - {path: rules/}\n";
constexpr std::string_view kRule =
    "title: User made from outside\nid: 5f0c7b0e-6f2a-4a43-9a51-0c1d4a6c1a11\nstatus: test\n"
    "logsource: {product: aws, service: cloudtrail}\n"
    "detection:\n  s: {eventName: CreateUser}\n  f: {userAgent|contains: Terraform}\n"
    "  condition: s and not f\nlevel: high\ntags: [attack.persistence, attack.t1136.003]\n";

class Validating : public testing::Test {
 protected:
  Validating() {
    folder_.write("nephometer.yml", kWorkspace);
    folder_.write("rules/user.yml", kRule);
  }
  tests::Run validate(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"validate", "--workspace", folder_.path().string(), "--as-of",
                                   "2026-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words);
  }
  TemporaryFolder folder_;
};

TEST(Simulate, TheSameSeedGivesTheSameBytes) {
  const std::vector<std::string> words{
      "simulate", "--lookalikes", "--with-background", "200", "--as-of", "2026-03-01", "--seed",
      "7"};
  const auto once = run_nepho(words);
  EXPECT_EQ(once.exit_code, 0) << once.err;
  EXPECT_EQ(once.out, run_nepho(words).out);
  auto other = words;
  other.back() = "8";
  EXPECT_NE(once.out, run_nepho(other).out);
}

// What is written and forgotten day by day, and what is kept until the attacks are among it.
TEST(Simulate, LabelsNameTheSameLinesOnEveryDayOfWork) {
  const TemporaryFolder folder;
  const std::string labels = (folder.path() / "labels.tsv").string();
  const auto run = run_nepho({"simulate", kCreateUser, "--with-background", "10300", "--labels",
                              labels, "--as-of", "2026-03-01"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::multiset<std::size_t> labelled;
  std::istringstream rows(contents_of(labels));
  std::string row;
  ASSERT_TRUE(std::getline(rows, row));
  while (std::getline(rows, row)) {
    std::istringstream cells(row);
    std::string cell;
    for (int i = 0; i < 5; ++i) std::getline(cells, cell, '\t');
    std::istringstream lines(cell);
    while (std::getline(lines, cell, ',')) labelled.insert(std::stoul(cell));
  }
  std::istringstream records(run.out);
  std::size_t line = 0;
  std::size_t num_opened = 0;
  for (std::string record; std::getline(records, record);) {
    // Sessions are opened by these, which are nobody's work.
    const bool opens = record.find("\"eventName\":\"AssumeRole") != std::string::npos;
    num_opened += opens ? 1 : 0;
    ASSERT_EQ(labelled.count(++line), opens ? 0U : 1U) << line << ": " << record;
  }
  EXPECT_GE(line, 10'301U);
  EXPECT_GT(num_opened, 10U);
  EXPECT_THAT(run.err, HasSubstr(std::to_string(line) + " records of 1 procedure"));
}

// Of Kubernetes, whose records lie in few files: each is synced.
TEST(Simulate, EveryDayOfWorkIsInTheFiles) {
  const TemporaryFolder folder;
  const auto run =
      run_nepho({"simulate", "kubernetes.credential-access.all-secrets-listed", "--with-background",
                 "10300", "--as-of", "2026-03-01", "-o", folder.path().string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("10301 records of 1 procedure"));
  std::size_t num_lines = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (entry.path().extension() != ".log") continue;
    const std::string text = contents_of(entry.path());
    num_lines += static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }
  EXPECT_EQ(num_lines, 10'301U);
}

// A cluster's log is one file from the first day to the last; the labels go on counting its lines.
TEST(Simulate, LabelsOfAFolderNameEveryLineOfALogThatGoesOn) {
  const TemporaryFolder folder;
  const auto run =
      run_nepho({"simulate", "kubernetes.credential-access.all-secrets-listed", "--with-background",
                 "20300", "--as-of", "2026-03-01", "-o", folder.path().string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::map<std::string, std::multiset<std::size_t>> labelled;
  std::istringstream rows(contents_of(folder.path() / "cases.tsv"));
  std::string row;
  ASSERT_TRUE(std::getline(rows, row));
  while (std::getline(rows, row)) {
    std::istringstream cells(row);
    std::string file;
    std::string lines;
    for (int i = 0; i < 4; ++i) std::getline(cells, file, '\t');
    std::getline(cells, lines, '\t');
    std::istringstream numbers(lines);
    for (std::string line; std::getline(numbers, line, ',');) {
      labelled[file].insert(std::stoul(line));
    }
  }
  ASSERT_FALSE(labelled.empty());
  for (const auto& [file, lines] : labelled) {
    const std::string text = contents_of(folder.path() / file);
    // Each line once: as many as there are, from the first to the last.
    const std::set<std::size_t> once(lines.begin(), lines.end());
    EXPECT_EQ(lines.size(), static_cast<std::size_t>(std::ranges::count(text, '\n'))) << file;
    EXPECT_EQ(once.size(), lines.size()) << file;
    EXPECT_EQ(*once.rbegin(), lines.size()) << file;
  }
}

TEST(Simulate, MoreDaysInAFolderTakeNoMoreMemory) {
  const auto peak = [](const char* count) {
    const TemporaryFolder folder;
    const auto run = run_nepho({"simulate", kCreateUser, "--with-background", count, "--as-of",
                                "2026-03-01", "-o", folder.path().string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.peak_memory_bytes;
  };
  constexpr std::size_t kSlack = 30'000'000;
  // Ten days hold 180 MB of records.
  EXPECT_LT(peak("100000"), peak("20000") + kSlack);
}

TEST(Simulate, AMisspeltProcedureIsAnErrorWithAWayOut) {
  const auto run = run_nepho({"simulate", "aws.persistence.create-usr"});
  EXPECT_EQ(run.exit_code, kUsage);
  EXPECT_THAT(run.err, HasSubstr("did you mean 'aws.persistence.create-user'?"));
  EXPECT_EQ(run_nepho({"simulate", "--technique", "T9999"}).exit_code, kUsage);
}

TEST(Simulate, WhatItWritesIsReadByDetectRecordByRecord) {
  const TemporaryFolder folder;
  const std::string logs = (folder.path() / "logs").string();
  const auto made =
      run_nepho({"simulate", "-o", logs, "--with-background", "100", "--as-of", "2026-03-01"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string summary = (folder.path() / "summary.json").string();
  folder.write("rule.yml", kRule);
  std::vector<std::string> words{"detect", "--rules", (folder.path() / "rule.yml").string(),
                                 "--summary", summary};
  // Beside cases.tsv, which is no log.
  for (const auto& entry : std::filesystem::directory_iterator(logs)) {
    if (entry.is_directory()) words.push_back(entry.path().string());
  }
  const auto run = run_nepho(words);
  const auto document = text::JsonDocument::parse(contents_of(summary));
  ASSERT_TRUE(document) << run.err;
  const auto root = document->root();
  EXPECT_EQ(root.find("skipped")->text(), "0");
  EXPECT_EQ(root.find("duplicates")->text(), "0");
  // Every record is one of a log that a provider has, whatever its form.
  EXPECT_FALSE(root.find("by_log_source")->find("generic"));
  for (const char* source :
       {"aws.cloudtrail", "aws.route53_resolver", "aws.waf", "aws.alb", "aws.cloudfront",
        "aws.s3_access", "aws.vpc_flow", "aws.guardduty", "kubernetes.audit"}) {
    EXPECT_TRUE(root.find("by_log_source")->find(source)) << source;
  }
}

TEST_F(Validating, ARuleThatSeesItsProcedureIsGreen) {
  const auto run = validate({kCreateUser});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("1 of 1 procedure raises an alert"));
}

TEST_F(Validating, ARuleBrokenOnPurposeTurnsItRedWithTheReason) {
  std::string broken(kRule);
  broken.replace(broken.find("eventName: CreateUser"), 21, "eventName: CreateUsers");
  broken.replace(broken.find("s and not f"), 11, "s or s and not f");
  folder_.write("rules/user.yml", broken);
  auto run = validate({"--technique", "T1136.003"});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("the only rule mapped to T1136.003 is not made for these"));

  folder_.write("rules/user.yml", std::string(kRule) + "nonsense: [\n");
  run = validate({kCreateUser});
  EXPECT_EQ(run.exit_code, kCheckFailed);

  std::string modifier(kRule);
  modifier.replace(modifier.find("userAgent|contains"), 18, "userAgent|contain");
  folder_.write("rules/user.yml", modifier);
  run = validate({"--technique", "T1136.003", "--format", "csv"});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("cannot run: "));
}

TEST_F(Validating, ALogSourceSwitchedOffOrBrokenTurnsItRedWithTheReason) {
  std::string off(kWorkspace);
  off.replace(off.find("coverage: 1"), 11, "coverage: 0");
  folder_.write("nephometer.yml", off);
  auto run = validate({kCreateUser, "--format", "csv"});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("no_telemetry"));
  EXPECT_THAT(run.out, HasSubstr("aws.cloudtrail is not received"));

  folder_.write("nephometer.yml", kWorkspace);
  folder_.write("knowledge/logsources/aws.cloudtrail.yml",
                "id: aws.cloudtrail\nprovider: aws\ntitle: t\n"
                "sigma: [{product: aws, service: cloudtrail}]\nrecognised_by: [[noSuchMember]]\n");
  run = validate(
      {kCreateUser, "--format", "csv", "--knowledge", (folder_.path() / "knowledge").string()});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("error"));
  EXPECT_THAT(run.out, HasSubstr("a record of aws.cloudtrail is read as"));
}

TEST_F(Validating, EvidenceIsKeptAndComesDue) {
  ASSERT_EQ(validate({kCreateUser}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / ".nephometer/nephometer.db"));
  EXPECT_THAT(validate({"--due"}).out, Not(HasSubstr(kCreateUser)));
  const auto later = run_nepho(
      {"validate", "--workspace", folder_.path().string(), "--due", "--as-of", "2026-08-15"});
  EXPECT_THAT(later.out, HasSubstr(kCreateUser));
  std::string changed(kRule);
  changed.replace(changed.find("Terraform"), 9, "Pulumi");
  folder_.write("rules/user.yml", changed);
  EXPECT_THAT(validate({"--due", "--format", "csv"}).out, HasSubstr("have changed"));
}

TEST_F(Validating, ARefitIsKeptAndShownByExplain) {
  folder_.write("nephometer.yml",
                "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
                "detections: [{pack: builtin}]\n");
  validate();
  const auto run = validate({"--refit"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("aws.cloudtrail"));
  EXPECT_THAT(run.err, HasSubstr("made records alone"));
  const std::string kept = contents_of(folder_.path() / ".nephometer/priors.json");
  EXPECT_THAT(kept, HasSubstr("\"log_source\": \"aws.cloudtrail\""));
  validate({"--refit"});
  EXPECT_EQ(contents_of(folder_.path() / ".nephometer/priors.json"), kept);
  const auto explained = run_nepho({"explain", "T1136.003", "--on", "aws", "--workspace",
                                    folder_.path().string(), "--as-of", "2026-03-02"});
  EXPECT_THAT(explained.out, HasSubstr("test on aws.cloudtrail, refitted as of 2026-03-01 from"));
}

TEST(Validate, OutsideAWorkspaceThePackIsGreenInAnInventedOrganisation) {
  const TemporaryFolder folder;
  const auto run = run_nepho({"validate", "--pack"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.out.substr(0, 2'000);
  EXPECT_THAT(run.err, HasSubstr("no workspace: the attacks are played in an invented"));
  EXPECT_THAT(run.err, Not(HasSubstr("fill in")));
}

TEST_F(Validating, NoRecordKeepsNothing) {
  ASSERT_EQ(validate({kCreateUser, "--no-record"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / ".nephometer"));
}

TEST_F(Validating, WhatSimulateWroteIsJudgedAsItWasPlayed) {
  const std::string logs = (folder_.path() / "logs").string();
  ASSERT_EQ(run_nepho({"simulate", kCreateUser, "--lookalikes", "--workspace",
                       folder_.path().string(), "-o", logs, "--as-of", "2026-03-01"})
                .exit_code,
            0);
  const auto run = validate(
      {"--telemetry", logs, "--cases", logs + "/cases.tsv", "--format", "ndjson", "--no-record"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"kind\":\"synthetic\""));
  EXPECT_THAT(run.out, HasSubstr("\"verdict\":\"alerted\""));
}

TEST_F(Validating, TelemetryAndCasesBelongTogether) {
  const auto run = validate({"--telemetry", folder_.path().string()});
  EXPECT_EQ(run.exit_code, kUsage);
  EXPECT_THAT(run.err, HasSubstr("--cases"));
}

TEST_F(Validating, TheSameInputGivesTheSameBytesInEveryForm) {
  for (const char* format : {"table", "json", "ndjson", "csv", "markdown", "junit"}) {
    const auto once = validate({"--format", format, "--no-record"});
    EXPECT_EQ(once.out, validate({"--format", format, "--no-record"}).out) << format;
    EXPECT_FALSE(once.out.empty()) << format;
  }
}

}  // namespace
}  // namespace nepho::tests
