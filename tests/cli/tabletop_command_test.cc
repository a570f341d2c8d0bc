// nepho tabletop as whoever leads the exercise runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/support/pack_workspace.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

auto tabletop(std::vector<std::string> arguments, const RunOptions& options = {}) {
  arguments.insert(arguments.begin(), {"tabletop"});
  arguments.insert(arguments.end(), {"--as-of", "2026-11-29"});
  return run_nepho(arguments, options);
}

TEST(Tabletop, WritesAWalkthroughWithTheRulesThatFire) {
  const auto run = tabletop({"T1537", "--provider", "aws", "--pack", "--procedure",
                             "aws.exfiltration.share-database-snapshot"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("# Tabletop: Transfer Data to Cloud Account (T1537) on AWS"),
                             HasSubstr("- Fires: **Database snapshot shared with another account** "
                                       "(medium; T1537)"),
                             HasSubstr("requestParameters.valuesToAdd")));
}

TEST(Tabletop, TheSameSeedWritesTheSameBytesAndAnotherOthers) {
  const auto first = tabletop({"T1537", "--provider", "aws", "--pack"});
  EXPECT_EQ(first.out, tabletop({"T1537", "--provider", "aws", "--pack"}).out);
  EXPECT_NE(first.out, tabletop({"T1537", "--provider", "aws", "--pack", "--seed", "2"}).out);
}

TEST(Tabletop, TheWorkspaceSaysWhichLogsAreOff) {
  const TemporaryFolder folder;
  std::string workspace(kPackWorkspace);
  workspace +=
      "log_sources: {aws.cloudtrail: {coverage: 0.95, latency: 15m}, aws.guardduty: {coverage: "
      "0}}\n";
  folder.write("nephometer.yml", workspace);
  const auto run =
      tabletop({"T1530", "--provider", "aws", "--procedure", "aws.collection.bucket-objects-read"},
               {.folder = folder.path()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("arrives from 95 of 100 accounts, after up to 15 minutes"),
                             HasSubstr("(`aws.guardduty`) | **off:** its coverage is 0"),
                             HasSubstr("**Nobody sees this here.** AWS CloudTrail, s3\\_data"),
                             HasSubstr("**Would fire if the log arrived:**")));
}

// Every technique that can be played can be talked about, and no page is without its injects.
TEST(Tabletop, TellsAProcedureOfEveryTechnique) {
  const auto listed = run_nepho({"simulate", "--list"});
  std::istringstream lines(listed.out);
  std::set<std::pair<std::string, std::string>> cells;  // provider and technique
  for (std::string id, technique, line; std::getline(lines, line);) {
    std::istringstream words(line);
    words >> id >> technique;
    if (technique.starts_with("T1")) cells.emplace(id.substr(0, id.find('.')), technique);
  }
  ASSERT_GT(cells.size(), 100U);
  const TemporaryFolder folder;  // one rule: what fires is told by other tests
  folder.write("r.yml",
               "title: r\nlogsource: {product: aws}\n"
               "detection: {s: {eventName: CreateUser}, condition: s}\n");
  for (const auto& [provider, technique] : cells) {
    const auto run =
        tabletop({technique, "--provider", provider, "--other-ways", "0", "--rules", "r.yml"},
                 {.folder = folder.path()});
    EXPECT_EQ(run.exit_code, 0) << technique << run.err;
    EXPECT_THAT(run.out, HasSubstr("### Inject 1: ")) << technique;
  }
}

TEST(Tabletop, AnOldIdLeadsToItsSuccessor) {
  const auto run = tabletop({"T1562.008", "--provider", "aws"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr("T1685.002 took its place"));
  EXPECT_THAT(run.out, HasSubstr("(T1685.002) on AWS"));
}

TEST(Tabletop, ErrorsSayTheWayOut) {
  const auto nowhere = tabletop({"T1537", "--provider", "gcp"});
  EXPECT_EQ(nowhere.exit_code, 3);
  EXPECT_THAT(nowhere.err, HasSubstr("there are some on aws"));
  const auto several = tabletop({"T1190"});
  EXPECT_EQ(several.exit_code, 3);
  EXPECT_THAT(several.err, HasSubstr("--provider: aws, gcp, kubernetes"));
  const auto misspelt = tabletop({"T1190", "--provider", "awss"});
  EXPECT_EQ(misspelt.exit_code, 3);
  EXPECT_THAT(misspelt.err, HasSubstr("did you mean 'aws'?"));
  EXPECT_EQ(tabletop({"T9999", "--provider", "aws"}).exit_code, 3);
  EXPECT_EQ(tabletop({"nothing"}).exit_code, 3);
  const auto way =
      tabletop({"T1537", "--provider", "aws", "--procedure", "aws.exfiltration.share-imag"});
  EXPECT_EQ(way.exit_code, 3);
  EXPECT_THAT(way.err, HasSubstr("did you mean 'aws.exfiltration.share-image'?"));
  const auto lonely = tabletop({"T1537", "--provider", "aws", "--notes", "x"});
  EXPECT_EQ(lonely.exit_code, 3);
  EXPECT_THAT(lonely.err, HasSubstr("--record"));
}

TEST(Tabletop, TheOutcomeIsKeptAndChangesNoState) {
  const TemporaryFolder folder;
  folder.write("nephometer.yml", kPackWorkspace);
  const RunOptions there{.folder = folder.path()};
  const auto state = [&] {
    const auto explained = run_nepho(
        {"explain", "T1537", "--on", "aws", "--format", "json", "--as-of", "2026-11-30"}, there);
    const auto document = text::JsonDocument::parse(explained.out);
    EXPECT_TRUE(document) << explained.err;
    const auto cell = document->root().find("cell");
    return std::string((cell ? *cell : document->root()).string_at("state"));
  };
  const std::string before = state();
  const auto kept = tabletop(
      {"T1537", "--provider", "aws", "--record", "none", "--notes", "nobody reads that log"},
      there);
  ASSERT_EQ(kept.exit_code, 0) << kept.err;
  EXPECT_EQ(kept.out, "");
  EXPECT_EQ(state(), before);
  const auto explained =
      run_nepho({"explain", "T1537", "--on", "aws", "--as-of", "2026-11-30"}, there);
  EXPECT_THAT(explained.out,
              AllOf(HasSubstr("talked through, none"), HasSubstr("nobody reads that log"),
                    HasSubstr("counts nothing")));
  EXPECT_THAT(explained.out, Not(HasSubstr("failing")));
}

TEST(Tabletop, WithoutAWorkspaceNothingIsKept) {
  const TemporaryFolder folder;
  const auto run =
      tabletop({"T1537", "--provider", "aws", "--record", "logged"}, {.folder = folder.path()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("nepho init"));
  EXPECT_EQ(tabletop({"T1537", "--provider", "aws", "--record", "seen"}).exit_code, 3);
}

}  // namespace
}  // namespace nepho::tests
