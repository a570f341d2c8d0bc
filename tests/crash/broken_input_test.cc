// What others left half done: each fault is named with its place, and everything around it is
// still done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/support/program.h"
#include "tests/support/written.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using testing::HasSubstr;

std::size_t num_lines(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// A folder with one rule on CreateUser.
class BrokenInput : public testing::Test {
 protected:
  // Runs detect on `log` (a path) with the rules of the folder. Whatever the input, its summary
  // must account for every record.
  tests::Run detect(const std::string& log) const {
    auto run = run_nepho({"detect", "--rules", rules(), log, "--format", "ndjson", "--no-event",
                          "--summary", summary_path()},
                         {.folder = folder_.path()});
    if (!std::filesystem::exists(summary_path())) return run;
    EXPECT_EQ(count("received"),
              count("events") + count("unparsed") + count("skipped") + count("duplicates"))
        << contents_of(summary_path());
    return run;
  }
  std::string rules() const { return (folder_.path() / "rules").string(); }
  std::string summary_path() const { return (folder_.path() / "summary.json").string(); }
  // The number at `path` of the last run's summary; -1 where there is none.
  std::int64_t count(std::string_view member, std::string_view reason = "") const {
    const auto summary = text::JsonDocument::parse(contents_of(summary_path()));
    if (!summary) return -1;
    auto value = summary->root().find(member);
    if (value && !reason.empty()) value = value->find(reason);
    return value ? std::strtoll(std::string(value->source()).c_str(), nullptr, 10) : -1;
  }

  TemporaryFolder folder_;
  std::string good_rule_ = folder_.write("rules/good.yml", rule_on("CreateUser"));
};

TEST_F(BrokenInput, ABrokenRuleIsNamedAndTheOthersRun) {
  folder_.write("rules/broken.yml", "title: Broken\ndetection: [\n");
  const auto run = detect(folder_.write("log.json", cloudtrail_line("CreateUser", "1")));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("rules/broken.yml:"));
  EXPECT_EQ(num_lines(run.out), 1U);
  EXPECT_EQ(count("rules"), 1);
  EXPECT_EQ(count("rules_refused"), 1);
}

TEST_F(BrokenInput, AMisspeltModifierIsNamedWithLineColumnAndTheOneMeant) {
  std::string rule = rule_on("CreateUser");
  rule.replace(rule.find("eventName:"), 10, "eventName|startwith:");
  folder_.write("rules/broken.yml", rule);
  const auto run = detect(folder_.write("log.json", cloudtrail_line("CreateUser", "1")));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("rules/broken.yml:5:25: error[sigma.unknown_modifier]"));
  EXPECT_THAT(run.err, HasSubstr("did you mean 'startswith'?"));
  EXPECT_EQ(num_lines(run.out), 1U);
}

TEST_F(BrokenInput, AnUnknownKeyOfTheWorkspaceIsNamedAndNothingIsDone) {
  folder_.write("nephometer.yml", "organisation: {name: A}\nprovidersss: {}\n");
  const auto run = detect(folder_.write("log.json", cloudtrail_line("CreateUser", "1")));
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("nephometer.yml:2:1: error[yaml.unknown_key]"));
  EXPECT_THAT(run.err, HasSubstr("did you mean 'providers'?"));
  EXPECT_EQ(run.out, "");
}

TEST_F(BrokenInput, ARecordBeyondTheLimitCostsItselfOnly) {
  const std::string log =
      folder_.write("log.json", cloudtrail_line("CreateUser", "1") +
                                    cloudtrail_line(std::string(5'000'000, 'x'), "2") +
                                    cloudtrail_line("CreateUser", "3"));
  const auto run = detect(log);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("log.json:2: "));
  EXPECT_THAT(run.err, HasSubstr("too-large (longer than 4 MiB)"));
  EXPECT_EQ(num_lines(run.out), 2U);
  EXPECT_EQ(count("events"), 2);
  EXPECT_EQ(count("skipped_by_reason", "too-large"), 1);
}

TEST_F(BrokenInput, BytesThatAreNoUtf8CostTheirRecordOnly) {
  const std::string log =
      folder_.write("log.json", cloudtrail_line("CreateUser", "1") +
                                    cloudtrail_line("CreateUser", "2", "\xff\xfe") +
                                    cloudtrail_line("CreateUser", "3"));
  const auto run = detect(log);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("log.json:2: "));
  EXPECT_EQ(num_lines(run.out), 2U);
  EXPECT_EQ(count("skipped_by_reason", "bad-utf8"), 1);
}

TEST_F(BrokenInput, AFileCutShortGivesWhatIsBeforeTheCut) {
  std::string log;
  for (int i = 0; i < 9; ++i) log += cloudtrail_line("CreateUser", std::to_string(i));
  log.resize(log.size() - 40);
  const auto run = detect(folder_.write("log.json", log));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("log.json:9: "));
  EXPECT_EQ(num_lines(run.out), 8U);
}

TEST_F(BrokenInput, EveryCutOfACompressedFileIsNamedAndKeepsWhatIsBeforeIt) {
  std::string log;
  for (int i = 0; i < 300; ++i) log += cloudtrail_line("CreateUser", std::to_string(i));
  const std::string whole = gzip(log);
  std::int64_t most = 0;
  for (std::size_t size = 1; size < whole.size(); size += whole.size() / 9) {
    const auto run = detect(folder_.write("cut.json.gz", whole.substr(0, size)));
    EXPECT_EQ(run.exit_code, 2) << size << " bytes: " << run.err;
    EXPECT_THAT(run.err, HasSubstr("cut.json.gz")) << size;
    EXPECT_GE(count("events"), most) << size;
    EXPECT_EQ(num_lines(run.out), static_cast<std::size_t>(count("events"))) << size;
    most = count("events");
  }
  EXPECT_GT(most, 200);
  EXPECT_EQ(detect(folder_.write("whole.json.gz", whole)).exit_code, 0);
  EXPECT_EQ(count("events"), 300);
}

TEST_F(BrokenInput, AnEventDeliveredTwiceIsCountedAsDuplicate) {
  const std::string line = cloudtrail_line("CreateUser", "1");
  const auto run = detect(folder_.write("log.json", line + line + "{\"a\": tru\n" + line));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(num_lines(run.out), 1U);
  EXPECT_EQ(count("received"), 4);
  EXPECT_EQ(count("duplicates"), 2);
}

TEST_F(BrokenInput, OneUnreadableFileOfAFolderDoesNotCostTheOthers) {
  folder_.write("logs/a.json.gz", "\x1f\x8b\x08 no gzip at all");
  folder_.write("logs/b.json", cloudtrail_line("CreateUser", "1"));
  const auto run = detect((folder_.path() / "logs").string());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("logs/a.json.gz"));
  EXPECT_EQ(num_lines(run.out), 1U);
}

// Root reads everything, so that the program runs as nobody then; run by another user, as that one.
TEST_F(BrokenInput, AFolderWithoutRightsIsNamedAndTheRestIsRead) {
  namespace fs = std::filesystem;
  constexpr fs::perms kForAll{0755};
  folder_.write("logs/open/a.json", cloudtrail_line("CreateUser", "1"));
  folder_.write("logs/shut/b.json", cloudtrail_line("CreateUser", "2"));
  for (const char* path : {"", "rules", "logs", "logs/open"}) {
    fs::permissions(folder_.path() / path, kForAll);
  }
  fs::permissions(good_rule_, kForAll);
  fs::permissions(folder_.path() / "logs/open/a.json", kForAll);
  fs::permissions(folder_.path() / "logs/shut", fs::perms::none);
  const auto run = run_nepho({"detect", "--rules", rules(), (folder_.path() / "logs").string(),
                              "--format", "ndjson", "--no-event"},
                             {.as_nobody = true});
  fs::permissions(folder_.path() / "logs/shut", fs::perms::owner_all);
  if (run.exit_code == kCannotStart) GTEST_SKIP() << "nobody may not run what is built here";
  EXPECT_EQ(run.exit_code, 2) << run.err;
  EXPECT_THAT(run.err, HasSubstr("logs/shut: error[base.cannot_read]"));
  EXPECT_EQ(num_lines(run.out), 1U);
}

TEST_F(BrokenInput, WhatIsNoBundleIsRefusedWithItsPlace) {
  const std::string bundle = folder_.write("bundle.json", "{\"type\": \"report\"}\n");
  const auto run = run_nepho({"attack", "import", bundle});
  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("bundle.json:1:1: error[attack.no_bundle]"));
  EXPECT_EQ(run.out, "");
}

TEST_F(BrokenInput, ABundleCutShortIsRefusedWithThePlaceThatStandsOpen) {
  const std::string bundle =
      folder_.write("bundle.json", "{\"type\": \"bundle\",\n \"objects\": [{\"type\": \"atta");
  const auto run = run_nepho({"attack", "import", bundle});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("bundle.json:2:23: error[json.open_string]"));
  EXPECT_THAT(run.err, HasSubstr("cut short"));
}

TEST_F(BrokenInput, WhatIsNoJsonIsNoBundleAndSaysWhereThoseAre) {
  const auto run = run_nepho({"attack", "import", folder_.write("page.html", "<!doctype html>")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("page.html:1:1: error[json.syntax]"));
  EXPECT_THAT(run.err, HasSubstr("attack-stix-data"));
}

TEST_F(BrokenInput, OneBrokenLayerIsNamedAndTheOtherIsRead) {
  const std::string broken = folder_.write("broken.json", R"({"name": "x", "techniques": [)");
  const std::string good = folder_.write(
      "good.json",
      R"({"name": "Ours", "versions": {"layer": "4.5"}, "techniques": [{"techniqueID": "T1078"}]})");
  const auto run = run_nepho({"import", broken, good, "--format", "json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("broken.json:1:30: error[json.syntax]"));
  EXPECT_THAT(run.out, HasSubstr("Ours"));
}

TEST_F(BrokenInput, ALinkThatLeadsNowhereIsNamedAndTheOthersAreRead) {
  const std::string log = folder_.write("log.json", cloudtrail_line("CreateUser", "1"));
  const std::string link = (folder_.path() / "gone.json").string();
  std::filesystem::create_symlink("nowhere", link);
  const auto run =
      run_nepho({"detect", "--rules", rules(), link, log, "--format", "ndjson", "--no-event"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("gone.json: error[base.no_such_path]: the link leads nowhere"));
  EXPECT_EQ(num_lines(run.out), 1U);
}

TEST_F(BrokenInput, ARuleWithLineEndsOfOldMacsIsMigratedLikeAnyOther) {
  const std::string rule = folder_.write("rule.yml", "title: x\rtags:\r  - attack.t1562.008\r");
  const auto run = run_nepho({"attack", "migrate", rule});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(contents_of(rule), "title: x\rtags:\r  - attack.t1685.002\r");
}

TEST_F(BrokenInput, TelemetryThatMayNotBeWrittenNamesTheFolder) {
  namespace fs = std::filesystem;
  fs::permissions(folder_.path(), fs::perms{0755});
  const auto run = run_nepho({"simulate", "aws.collection.bucket-acl-opened", "-o",
                              (folder_.path() / "telemetry").string()},
                             {.as_nobody = true});
  if (run.exit_code == kCannotStart) GTEST_SKIP() << "nobody may not run what is built here";
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("/telemetry"));
  EXPECT_THAT(run.err, HasSubstr("cannot make the folder: Permission denied"));
}

TEST_F(BrokenInput, AnEmptyFileIsNoFault) {
  const auto run = detect(folder_.write("empty.json", ""));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(count("received"), 0);
}

TEST_F(BrokenInput, APathThatMeansNothingIsNamedAndTheOthersAreRead) {
  const std::string log = folder_.write("log.json", cloudtrail_line("CreateUser", "1"));
  const auto run = run_nepho(
      {"detect", "--rules", rules(), "/no/such/log", log, "--format", "ndjson", "--no-event"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("/no/such/log"));
  EXPECT_EQ(num_lines(run.out), 1U);
}

}  // namespace
}  // namespace nepho::tests
