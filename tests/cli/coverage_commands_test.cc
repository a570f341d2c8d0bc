// coverage, explain and import as a user runs them, on the example's workspace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"
#include "text/display_width.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Bad input: the example has two rules that cannot be read, on purpose.
constexpr int kBadInput = 2;

// A copy without what was kept in the example's own folder: whoever ran ./run has evidence there.
std::string example() {
  static const TemporaryFolder folder;
  static const std::string copied = [] {
    const fs::path to = folder.path() / "examples";
    fs::copy(source_folder() / "examples", to, fs::copy_options::recursive);
    fs::remove_all(to / ".nephometer");
    return to.string();
  }();
  return copied;
}

text::JsonDocument json_of(const tests::Run& run) {
  auto document = text::JsonDocument::parse(run.out);
  EXPECT_TRUE(document) << run.out.substr(0, 500) << run.err;
  return std::move(*document);
}

TEST(Coverage, TableFitsItsWidthAndNamesTheWorst) {
  for (const std::string width : {"80", "200"}) {
    const auto run =
        run_nepho({"coverage", "--workspace", example()}, {.variables = {"COLUMNS=" + width}});
    EXPECT_EQ(run.exit_code, kBadInput);
    EXPECT_THAT(run.out, HasSubstr("on paper"));
    EXPECT_THAT(run.out, HasSubstr("Lambda Layer From Another Account"));
    EXPECT_THAT(run.out, HasSubstr("T1580 Cloud Infrastructure Discovery"));
    for (std::size_t at = 0; at < run.out.size();) {
      const std::size_t end = std::min(run.out.find('\n', at), run.out.size());
      const std::string_view line = std::string_view(run.out).substr(at, end - at);
      EXPECT_LE(text::display_width(line), std::stoul(width)) << line;
      at = end + 1;
    }
  }
}

TEST(Coverage, EveryFormatIsWhatItSays) {
  const std::pair<const char*, const char*> starts[] = {
      {"json", "{\n \"schema\": \"nephometer/coverage/1\""},
      {"ndjson", "{\"technique\":\"T"},
      {"csv", "technique,name,tactics,provider,applicable,state,"},
      {"markdown", "## Detection coverage of the cloud"},
      {"navigator", "{\n \"name\": \"Detection coverage: weakest provider\""},
      {"svg", "<svg xmlns="},
      {"html", "<!doctype html>"}};
  for (const auto& [format, start] : starts) {
    const auto run = run_nepho({"coverage", "--workspace", example(), "--format", format});
    EXPECT_EQ(run.exit_code, kBadInput) << format;
    EXPECT_THAT(run.out, StartsWith(start));
  }
}

TEST(Coverage, IsTheSameBytesForTheSameDay) {
  const std::vector<std::string> words{"coverage",   "--workspace", example(), "--as-of",
                                       "2026-03-18", "--format",    "html"};
  EXPECT_EQ(run_nepho(words).out, run_nepho(words).out);
}

TEST(Coverage, AThresholdThatIsMissedIsExitCodeOne) {
  const auto missed = run_nepho({"coverage", "--workspace", example(), "--fail-under", "paper=90"});
  EXPECT_EQ(missed.exit_code, 1);
  EXPECT_THAT(missed.err, HasSubstr("failed: paper is 14.6919 % (31 of 211 cells)"));
  const auto met = run_nepho({"coverage", "--workspace", example(), "--fail-under", "paper=10"});
  EXPECT_EQ(met.exit_code, kBadInput);
  EXPECT_THAT(met.err, HasSubstr("passed: paper"));
  const auto broken = run_nepho({"coverage", "--workspace", example(), "--fail-on", "broken"});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_EQ(run_nepho({"coverage", "--workspace", example(), "--require", "core"}).exit_code, 1);
}

TEST(Coverage, AMisspeltMetricOrProviderIsAUsageErrorWithAWayOut) {
  const auto metric = run_nepho({"coverage", "--fail-under", "papr=40"});
  EXPECT_EQ(metric.exit_code, 3);
  EXPECT_THAT(metric.err, HasSubstr("did you mean 'paper'?"));
  EXPECT_EQ(run_nepho({"coverage", "--fail-under", "paper=forty"}).exit_code, 3);
  EXPECT_EQ(run_nepho({"coverage", "--fail-on", "brokn"}).exit_code, 3);
  const auto provider = run_nepho({"coverage", "--workspace", example(), "--provider", "awss"});
  EXPECT_EQ(provider.exit_code, 3);
  EXPECT_THAT(provider.err, HasSubstr("did you mean 'aws'?"));
}

TEST(Coverage, WithoutAWorkspaceSaysWhatItTakesForGranted) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("r.yml",
                                        "title: User made\n"
                                        "id: 6b8e7a1c-1111-4222-8333-444455556666\n"
                                        "status: test\n"
                                        "tags: [attack.persistence, attack.t1136.003]\n"
                                        "logsource: {product: aws, service: cloudtrail}\n"
                                        "detection: {a: {eventName: CreateUser}, condition: a}\n");
  const auto run = run_nepho({"coverage", "--format", "json", rule}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("assumed: no workspace"));
  const auto document = json_of(run);
  EXPECT_EQ(document.root().find("assumptions")->num_children(), 2U);
  EXPECT_EQ(document.root().find("totals")->find("mapped")->text(), "2");  // and its parent
}

TEST(Coverage, ListsALayerForEachProvider) {
  const auto run = run_nepho({"coverage", "--workspace", example(), "--provider", "aws",
                              "--provider", "azure", "--per-provider", "--format", "navigator"});
  const auto document = json_of(run);
  ASSERT_TRUE(document.root().is_array());
  EXPECT_EQ(document.root().num_children(), 2U);
}

// A workspace whose one rule reads CloudTrail, of which one event lies in trail.json.
class WatchedTrail : public testing::Test {
 protected:
  WatchedTrail() {
    folder_.write("nephometer.yml",
                  "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
                  "detections: [{path: rules}]\n");
    folder_.write("rules/r.yml",
                  "title: User made\nid: 6b8e7a1c-1111-4222-8333-444455556666\nstatus: test\n"
                  "tags: [attack.persistence, attack.t1136.003]\n"
                  "logsource: {product: aws, service: cloudtrail}\n"
                  "detection: {a: {eventName: CreateUser}, condition: a}\n");
    trail_ =
        folder_.write("trail.json", R"({"eventVersion":"1.08","eventTime":"2026-05-01T11:30:00Z",)"
                                    R"("eventSource":"iam.amazonaws.com","eventName":"ListUsers",)"
                                    R"("eventID":"1","userIdentity":{"type":"IAMUser"}})"
                                    "\n");
  }

  void detect(const std::string& as_of) const {
    const auto run = run_nepho({"detect", "--as-of", as_of, trail_}, {.folder = folder_.path()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
  }
  std::string fault(const std::string& as_of) const {
    const auto run =
        run_nepho({"coverage", "--as-of", as_of, "--format", "json"}, {.folder = folder_.path()});
    const auto document = json_of(run);
    std::string faults;
    for (const auto& rule : document.root().find("rules")->children()) {
      for (const auto& fault : rule.find("broken")->children()) faults += fault.source();
    }
    return faults;
  }

  TemporaryFolder folder_;
  std::string trail_;
};

TEST_F(WatchedTrail, ARuleWhoseLogSourceFellSilentIsBrokenWithTheReason) {
  detect("2026-05-01T12:00:00Z");
  EXPECT_EQ(fault("2026-05-01T12:00:00Z"), "");
  detect("2026-05-03T12:00:00Z");
  EXPECT_THAT(fault("2026-05-03T12:00:00Z"), HasSubstr("log-source-dark"));
  EXPECT_THAT(fault("2026-05-03T12:00:00Z"), HasSubstr("in the 2 d after its last event"));
  EXPECT_EQ(fault("2026-05-01T12:00:00Z"), "") << "then it was not silent yet";
  const auto run = run_nepho({"explain", "T1136.003", "--on", "aws", "--as-of", "2026-05-03"},
                             {.folder = folder_.path()});
  EXPECT_THAT(run.out, HasSubstr("aws.cloudtrail fell silent"));
}

TEST_F(WatchedTrail, LogsThatWereOldWhenTheyWereFirstLookedAtDoNotMakeItSilent) {
  detect("2026-05-03T12:00:00Z");
  EXPECT_EQ(fault("2026-05-03T12:00:00Z"), "");
}

TEST_F(WatchedTrail, WhatCameSinceTheLastLookIsAnAssumption) {
  detect("2026-05-01T12:00:00Z");
  EXPECT_EQ(fault("2026-06-01T12:00:00Z"), "");
  const auto run = run_nepho({"coverage", "--as-of", "2026-06-01"}, {.folder = folder_.path()});
  EXPECT_THAT(run.err, HasSubstr("assumed: aws.cloudtrail is taken to arrive still: 'nepho detect' "
                                 "last looked at it at 2026-05-01T12:00:00Z"));
}

TEST_F(WatchedTrail, TheWorkspaceSaysWhatIsNormal) {
  folder_.write("nephometer.yml",
                "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {silence: 7d}}\n"
                "detections: [{path: rules}]\n");
  detect("2026-05-01T12:00:00Z");
  detect("2026-05-03T12:00:00Z");
  EXPECT_EQ(fault("2026-05-03T12:00:00Z"), "");
}

TEST(Explain, TellsTheStepsToACellAndFollowsARetiredId) {
  const auto run = run_nepho({"explain", "T1562.008", "--on", "aws", "--workspace", example()});
  EXPECT_EQ(run.exit_code, kBadInput);
  EXPECT_THAT(run.err, HasSubstr("T1562.008 was revoked; T1685.002 took its place"));
  EXPECT_THAT(run.out, HasSubstr("rule 'CloudTrail Logging Stopped' (stable) works and is tagged"));
  EXPECT_THAT(run.out, HasSubstr("mapped: a working rule names it, never tested"));
}

TEST(Explain, SaysWhyThereIsNothingToExplain) {
  const auto other = run_nepho({"explain", "T1055", "--on", "aws", "--workspace", example()});
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("T1055 is not in the cloud matrix"));
  EXPECT_EQ(run_nepho({"explain", "T15", "--workspace", example()}).exit_code, 3);
}

TEST(Import, ShowsALayerByTheNamesOfTodayAndWhatIsWrongWithIt) {
  const auto run = run_nepho({"import", example() + "/layers/last_year.json", "--techniques"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("T1685.002"));
  EXPECT_THAT(run.out, HasSubstr("T1562.008 (replaced)"));
  EXPECT_THAT(run.err, HasSubstr("last_year.json:13:39: warning[navigator.bad_score]"));
}

TEST(Import, ReadsBackTheLayerThatCoverageWrote) {
  const auto layer = run_nepho({"coverage", "--workspace", example(), "--format", "navigator"});
  const auto again = run_nepho({"import", "-", "--format", "navigator"}, {.input = layer.out});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, layer.out);
  EXPECT_EQ(again.err, "");
}

TEST(Import, OneBadFileCostsOnlyItself) {
  const TemporaryFolder folder;
  const std::string bad = folder.write("bad.json", "{\"type\": \"bundle\"}");
  const auto run = run_nepho({"import", bad, example() + "/layers/last_year.json"});
  EXPECT_EQ(run.exit_code, kBadInput);
  EXPECT_THAT(run.err, HasSubstr("error[navigator.no_layer]"));
  EXPECT_THAT(run.out, HasSubstr("Kittiwake"));
}

}  // namespace
}  // namespace nepho::tests
