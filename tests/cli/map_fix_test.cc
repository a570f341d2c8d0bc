// `nepho map --fix` and `--format sarif`, as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kSplunk =
    "name: a\r\nsearch: x\r\ndata_source: []\r\ntags:\r\n  mitre_attack_id:\r\n  - T1562.008 # "
    "why\r\n";
constexpr std::string_view kMended =
    "name: a\r\nsearch: x\r\ndata_source: []\r\ntags:\r\n  mitre_attack_id:\r\n  - T1685.002 # "
    "why\r\n";

TEST(MapFix, ShowsTheDifferenceAndWritesOnlyWithYes) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("a.yml", kSplunk);
  const tests::Run shown = run_nepho({"map", "--fix", folder.path().string()});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_EQ(shown.out, "--- " + rule + "\n+++ " + rule +
                           "\n@@ -6 +6 @@\n-  - T1562.008 # why\n+  - T1685.002 # why\n");
  EXPECT_THAT(shown.err, HasSubstr("nothing was written"));
  EXPECT_EQ(contents_of(rule), kSplunk);

  const tests::Run written = run_nepho({"map", "--fix", "--yes", folder.path().string()});
  EXPECT_EQ(written.exit_code, 0) << written.err;
  EXPECT_EQ(written.out, shown.out);
  EXPECT_EQ(contents_of(rule), kMended);

  const tests::Run again = run_nepho({"map", "--fix", "--yes", folder.path().string()});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, IsEmpty());
}

TEST(MapFix, LeavesWhatIsNoRuleAndNamesWhatIsBroken) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("a.yml", kSplunk);
  const std::string note = folder.write("note.txt", "T1562.008");
  const std::string other = folder.write("b.json", R"({"id": "T1562.008"})");
  folder.write("c.yml", "AnalysisType: rule\nRuleID: a\nTags: [b\nc: d\n");
  const tests::Run run = run_nepho({"map", "--fix", "--yes", folder.path().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("c.yml:4:2: error[yaml.syntax]"));
  EXPECT_EQ(contents_of(rule), kMended);
  EXPECT_EQ(contents_of(note), "T1562.008");
  EXPECT_EQ(contents_of(other), R"({"id": "T1562.008"})");
}

TEST(MapFix, AFileThatCannotBeWrittenIsSaidAndStays) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("a.yml", kSplunk);
  std::filesystem::permissions(
      folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const tests::Run run = run_nepho({"map", "--fix", "--yes", rule});
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
  if (run.exit_code == 0) GTEST_SKIP() << "whoever runs this may write everywhere";
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(contents_of(rule), kSplunk);
}

TEST(MapLint, SarifHasAResultForEachProblem) {
  const TemporaryFolder folder;
  folder.write("a.yml", kSplunk);
  const tests::Run run =
      run_nepho({"map", "--lint", "--format", "sarif", "."}, {.folder = folder.path()});
  const auto document = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(document) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"retired-technique\""));
  EXPECT_THAT(run.out, HasSubstr("\"startLine\": 6"));
  EXPECT_THAT(run.out, HasSubstr("T1685.002"));
}

}  // namespace
}  // namespace nepho::tests
