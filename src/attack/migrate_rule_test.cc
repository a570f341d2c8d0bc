#include "attack/migrate_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/library.h"

namespace nepho::attack {
namespace {

const Catalogue& catalogue(const char* version = "19.1") {
  static const Knowledge knowledge;
  static std::map<std::string, Catalogue> loaded;
  const auto found = loaded.find(version);
  if (found != loaded.end()) return found->second;
  return loaded.emplace(version, load_catalogue(knowledge, version).value()).first->second;
}

std::string migrated(std::string_view yaml, const char* version = "19.1") {
  const Migrated result = migrate_rule(yaml, "r.yml", catalogue(version));
  return text::apply_edits(yaml, result.edits);
}

TEST(MigrateRule, ReplacesARevokedIdAndTheTacticItLeft) {
  EXPECT_EQ(migrated("title: x\ntags:\n    - attack.defense-evasion\n    - attack.t1562.008\n"),
            "title: x\ntags:\n    - attack.defense-impairment\n    - attack.t1685.002\n");
}

TEST(MigrateRule, KeepsEveryOtherByte) {
  EXPECT_EQ(
      migrated("# c\r\ntags: # all\r\n  -   'attack.T1562.008'   # why\r\n  - cve.2021.44228\r\n"
               "title:   \"\xC3\xA9\"\r\n"),
      "# c\r\ntags: # all\r\n  -   'attack.T1685.002'   # why\r\n  - cve.2021.44228\r\n"
      "title:   \"\xC3\xA9\"\r\n");
  const std::string_view current = "tags: [ attack.t1078.004 , attack.initial_access ]";
  EXPECT_EQ(migrated(current), current);
}

// The YAML reader counts a CR of its own and Unicode's three line ends as lines; a count by LF
// alone once led outside the text.
TEST(MigrateRule, CountsLinesAsYamlDoes) {
  EXPECT_EQ(migrated("title: x\rtags:\r  - attack.defense-evasion\r  - attack.t1562.008\r"),
            "title: x\rtags:\r  - attack.defense-impairment\r  - attack.t1685.002\r");
  EXPECT_EQ(migrated("tags:\r  - attack.defense-evasion\r  - attack.t1562\r  - attack.t1078\r"),
            "tags:\r  - attack.stealth\r  - attack.defense-impairment\r  - attack.t1685\r"
            "  - attack.t1078\r");
  for (const std::string line_end :
       {"\n", "\r", "\r\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    const std::string begin = "# a" + line_end + "# b" + line_end + line_end;
    EXPECT_EQ(migrated(begin + "tags: [attack.t1562]\n"), begin + "tags: [attack.t1685]\n")
        << testing::PrintToString(line_end);
  }
}

TEST(MigrateRule, AByteOrderMarkIsNoColumn) {
  const Migrated result =
      migrate_rule("\xEF\xBB\xBFtags: [\"attack.t1078\", attack.t9999]\n", "r.yml", catalogue());
  ASSERT_EQ(result.report.problems().size(), 1U);
  EXPECT_EQ(to_string(result.report.problems()[0].error.place), "r.yml:1:24");
}

TEST(MigrateRule, KeepsTheOldSpellingOfTactics) {
  EXPECT_EQ(migrated("tags:\n- attack.defense_evasion\n- attack.t1562\n"),
            "tags:\n- attack.defense_impairment\n- attack.t1685\n");
}

TEST(MigrateRule, WritesBothTacticsWhereTheTechniquesAreInBoth) {
  EXPECT_EQ(
      migrated(
          "tags:\r\n  - attack.defense-evasion\r\n  - attack.t1562.008\r\n  - attack.t1078\r\n"),
      "tags:\r\n  - attack.stealth\r\n  - attack.defense-impairment\r\n  - attack.t1685.002\r\n"
      "  - attack.t1078\r\n");
  EXPECT_EQ(
      migrated("tags: [\"attack.defense-evasion\", attack.t1562, attack.t1078]"),
      "tags: [\"attack.stealth\", \"attack.defense-impairment\", attack.t1685, attack.t1078]");
}

TEST(MigrateRule, TakesStealthWhereNoTechniqueTells) {
  EXPECT_EQ(migrated("tags: [attack.defense-evasion]"), "tags: [attack.stealth]");
}

TEST(MigrateRule, TakesOutATacticThatTheTechniquesLeft) {
  EXPECT_EQ(migrated("tags:\n  - attack.defense-evasion\n  - attack.privilege-escalation\n"
                     "  - attack.t1548.005\n"),
            "tags:\n  - attack.privilege-escalation\n  - attack.t1548.005\n");
}

TEST(MigrateRule, TakesOutWhatWouldStandThereTwice) {
  EXPECT_EQ(migrated("tags:\n  - attack.t1562\n  - attack.t1562.001\n  - attack.t1098\n"),
            "tags:\n  - attack.t1685\n  - attack.t1098\n");
  EXPECT_EQ(migrated("tags: [attack.t1562, attack.t1685, attack.t1098]"),
            "tags: [attack.t1685, attack.t1098]");
  EXPECT_EQ(migrated("tags: [attack.t1685, attack.t1562]"), "tags: [attack.t1685]");
  EXPECT_EQ(migrated("tags: [attack.t1562, attack.t1562.001, attack.t1685]"),
            "tags: [attack.t1685]");
}

TEST(MigrateRule, FollowsChainsInEveryDocumentOfAFile) {
  EXPECT_EQ(migrated("tags: [attack.t1073]\n---\ntags: [attack.t1562.001]\n"),
            "tags: [attack.t1574.001]\n---\ntags: [attack.t1685]\n");
}

TEST(MigrateRule, GoesBackToOneTacticForAnOlderVersion) {
  EXPECT_EQ(migrated("tags: [attack.stealth, attack.t1078]", "18.1"),
            "tags: [attack.defense-evasion, attack.t1078]");
}

TEST(MigrateRule, WarnsOfIdsThatNothingStandsForAndLeavesThem) {
  const std::string_view yaml = "tags:\n  - attack.t1108\n  - attack.t9999\n";
  const Migrated result = migrate_rule(yaml, "r.yml", catalogue());
  EXPECT_TRUE(result.edits.empty());
  ASSERT_EQ(result.report.problems().size(), 2U);
  EXPECT_EQ(result.report.problems()[0].error.code, kWithdrawnTechnique);
  EXPECT_EQ(result.report.problems()[1].error.code, kUnknownTechnique);
  EXPECT_EQ(to_string(result.report.problems()[1].error.place), "r.yml:3:5");
}

TEST(MigrateRule, LeavesATagThatIsNotWrittenAsItReads) {
  const std::string_view yaml = "tags: [\"attack.\\x741562\"]";
  const Migrated result = migrate_rule(yaml, "r.yml", catalogue());
  EXPECT_TRUE(result.edits.empty());
  ASSERT_EQ(result.report.problems().size(), 1U);
  EXPECT_EQ(result.report.problems()[0].error.code, kNotInPlace);
}

TEST(MigrateRule, ReportsYamlThatCannotBeRead) {
  EXPECT_TRUE(migrate_rule("tags: [", "r.yml", catalogue()).report.has_errors());
}

// Every retired id of 19.1, alone and in pairs with its neighbour, in three layouts.
TEST(MigrateRule, ChangesNothingTheSecondTime) {
  std::string previous = "t1078";
  for (const Technique& technique : catalogue().facts().techniques) {
    std::string id = technique.id.value;
    id[0] = 't';
    for (const std::string& yaml :
         {"tags:\n  - attack.defense-evasion\n  - attack." + id + "\n  - attack." + previous + "\n",
          "tags: [attack.defense_evasion, attack." + id + ", attack." + previous + "]\n",
          "tags: ['attack." + id + "', attack." + previous +
              ", attack.impact, attack.defense-evasion]"}) {
      const std::string once = migrated(yaml);
      EXPECT_EQ(migrated(once), once) << yaml;
    }
    previous = id;
  }
}

}  // namespace
}  // namespace nepho::attack
