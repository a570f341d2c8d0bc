// The commands that show ATT&CK and bring files to another version of it, as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

text::JsonDocument json_of(const Run& run) {
  auto document = text::JsonDocument::parse(run.out);
  EXPECT_TRUE(document) << run.out << run.err;
  return std::move(*document);
}

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

TEST(Matrix, HoldsAllTechniquesInEveryWidth) {
  for (const std::string width : {"40", "80", "200"}) {
    const tests::Run run = run_nepho({"matrix"}, {.variables = {"COLUMNS=" + width}});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_LE(longest_line(run.out), std::stoul(width));
    EXPECT_THAT(run.out, HasSubstr("Defense Impairment (17)"));
    EXPECT_THAT(run.err, HasSubstr("152 techniques, 75 of them sub-techniques"));
  }
}

TEST(Matrix, NarrowsToAProviderAndATactic) {
  const tests::Run run =
      run_nepho({"matrix", "--provider", "aws", "--tactic", "TA0010", "--format", "json"});
  const auto document = json_of(run);
  ASSERT_NE(document.root().find("techniques")->num_children(), 0U);
  for (const auto& technique : document.root().find("techniques")->children()) {
    EXPECT_EQ(technique.find("providers")->num_children(), 1U);
    bool is_exfiltration = false;
    for (const auto& tactic : technique.find("tactics")->children()) {
      is_exfiltration |= tactic.text() == "TA0010";
    }
    EXPECT_TRUE(is_exfiltration) << technique.string_at("technique");
  }
}

TEST(Matrix, ShowsOneTechniqueWithWhoUsesItAndWhatShowsIt) {
  const tests::Run run = run_nepho({"matrix", "T1537"});
  EXPECT_EQ(run.exit_code, 0);
  for (const char* part : {"Transfer Data to Cloud Account", "exfiltration", "Storm-0501",
                           "AWS:CloudTrail", "ModifySnapshotAttribute", "M1057"}) {
    EXPECT_THAT(run.out, HasSubstr(part));
  }
}

TEST(Matrix, LeadsFromARetiredIdToItsSuccessor) {
  const tests::Run run = run_nepho({"matrix", "t1562.008", "--format", "json"});
  EXPECT_EQ(json_of(run).root().string_at("technique"), "T1685.002");
  EXPECT_THAT(run.err, HasSubstr("T1685.002 took its place"));
}

TEST(Matrix, NamesWhatWasMeantByAWrongName) {
  const tests::Run provider = run_nepho({"matrix", "--provider", "asw"});
  EXPECT_EQ(provider.exit_code, 3);
  EXPECT_THAT(provider.err, HasSubstr("did you mean 'aws'?"));
  const tests::Run tactic = run_nepho({"matrix", "--tactic", "defense-evasion"});
  EXPECT_EQ(tactic.exit_code, 3);
  EXPECT_THAT(tactic.err, HasSubstr("it is stealth and defense-impairment now"));
  EXPECT_EQ(run_nepho({"matrix", "T9999"}).exit_code, 3);
  EXPECT_EQ(run_nepho({"matrix", "--attack", "7"}).exit_code, 3);
}

TEST(AttackInfo, CountsTheVersionAskedFor) {
  const auto newest = json_of(run_nepho({"attack", "info", "--format", "json"}));
  EXPECT_EQ(newest.root().string_at("version"), "19.1");
  EXPECT_EQ(newest.root().find("counts")->find("cloud_cells")->text(), "180");
  const auto older = json_of(run_nepho({"attack", "info", "--attack", "18.1", "--format", "json"}));
  EXPECT_EQ(older.root().find("counts")->find("cloud_total")->text(), "151");
}

TEST(AttackDiff, SaysWhatVersion19ChangedForCloud) {
  const tests::Run run = run_nepho({"attack", "diff", "18.1", "19.1", "--format", "csv"});
  EXPECT_THAT(run.out, HasSubstr("T1562.008,revoked,Disable or Modify Cloud Logs,,T1685.002"));
  EXPECT_THAT(run.out, Not(HasSubstr("T1562.002")));  // Windows only
}

TEST(AttackImport, MakesAVersionThatKnowledgeCanHold) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "attack" / "99.0.tsv";
  fs::create_directories(file.parent_path());
  const std::string bundle = (source_folder() / "examples/attack/tiny-bundle.json").string();
  const tests::Run import =
      run_nepho({"attack", "import", bundle, "--as", "99.0", "-o", file.string()});
  EXPECT_EQ(import.exit_code, 0) << import.err;
  const tests::Run info =
      run_nepho({"attack", "info", "--knowledge", folder.path().string(), "--format", "json"});
  EXPECT_EQ(json_of(info).root().string_at("version"), "99.0");
}

TEST(AttackImport, RefusesWhatIsNoBundleAndLeavesTheFileAlone) {
  const TemporaryFolder folder;
  const std::string out = folder.write("old.tsv", "old");
  const std::string layer = folder.write("layer.json", R"({"name": "x", "techniques": []})");
  const tests::Run run = run_nepho({"attack", "import", layer, "-o", out});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("layer.json:1:1: error[attack.no_bundle]"));
  EXPECT_EQ(contents_of(out), "old");
}

constexpr std::string_view kRule =
    "title: x\ntags:\n  - attack.defense-evasion\n  - attack.t1562.008 # why\n";

TEST(AttackMigrate, ShowsTheDifferenceAndWritesNothingOnADryRun) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("r.yml", kRule);
  const tests::Run run = run_nepho({"attack", "migrate", "--dry-run", rule});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("-  - attack.t1562.008 # why\n"));
  EXPECT_THAT(run.out, HasSubstr("+  - attack.t1685.002 # why\n"));
  EXPECT_EQ(contents_of(rule), kRule);
}

TEST(AttackMigrate, BringsRulesAndLayersOfAFolderOverAndLeavesTheRest) {
  const TemporaryFolder folder;
  const std::string rule = folder.write("rules/r.yml", kRule);
  const std::string layer = folder.write("l.json", R"({"techniques": [{"techniqueID": "T1073"}]})");
  const std::string other = folder.write("package.json", R"({"name": "T1073"})");
  const std::string note = folder.write("note.md", "attack.t1073");
  const tests::Run run =
      run_nepho({"attack", "migrate", folder.path().string(), "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(json_of(run).root().find("files")->num_children(), 2U);
  EXPECT_THAT(contents_of(rule), HasSubstr("attack.t1685.002 # why"));
  EXPECT_THAT(contents_of(layer), HasSubstr("T1574.001"));
  EXPECT_EQ(contents_of(other), R"({"name": "T1073"})");
  EXPECT_EQ(contents_of(note), "attack.t1073");
  EXPECT_EQ(json_of(run_nepho({"attack", "migrate", folder.path().string(), "--format", "json"}))
                .root()
                .find("files")
                ->num_children(),
            0U);
}

TEST(AttackMigrate, NamesABrokenFileAndDoesTheOthers) {
  const TemporaryFolder folder;
  folder.write("a.yml", "tags: [");
  const std::string rule = folder.write("b.yml", kRule);
  const tests::Run run = run_nepho({"attack", "migrate", folder.path().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("a.yml:2:1: error[yaml.syntax]"));
  EXPECT_THAT(contents_of(rule), HasSubstr("t1685.002"));
}

}  // namespace
}  // namespace nepho::tests
