#include "navigator/migrate_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "attack/library.h"
#include "navigator/errors.h"

namespace nepho::navigator {
namespace {

const attack::Catalogue& catalogue() {
  static const attack::Catalogue loaded = attack::load_catalogue(Knowledge(), "19.1").value();
  return loaded;
}

std::string migrated(std::string_view json) {
  const auto result = migrate_layer(json, "l.json", catalogue());
  if (!result) return to_string(result.error());
  return text::apply_edits(json, result->edits);
}

std::string layer(std::string_view entries) {
  return R"({"name": "x", "techniques": [)" + std::string(entries) + "]}";
}

TEST(MigrateLayer, ReplacesIdsAndTacticsAndKeepsAllElse) {
  EXPECT_EQ(
      migrated(layer(
          R"({ "techniqueID":"T1562.008","tactic" : "defense-evasion", "score":1.50, "mine":[ 1 ]})")),
      layer(
          R"({ "techniqueID":"T1685.002","tactic" : "defense-impairment", "score":1.50, "mine":[ 1 ]})"));
  EXPECT_EQ(migrated(layer(R"({"techniqueID": "T1073"})")),
            layer(R"({"techniqueID": "T1574.001"})"));
}

TEST(MigrateLayer, LetsTheTacticGoWhereTheTechniqueLeftIt) {
  EXPECT_EQ(
      migrated(layer(R"({"techniqueID": "T1548.005", "tactic": "defense-evasion", "score": 1})")),
      layer(R"({"techniqueID": "T1548.005", "score": 1})"));
  EXPECT_EQ(migrated(layer(R"({"tactic": "defense-evasion", "techniqueID": "T1548.005"})")),
            layer(R"({"techniqueID": "T1548.005"})"));
}

TEST(MigrateLayer, KeepsTheGreaterScoreWhereTwoEntriesBecomeOneCell) {
  EXPECT_EQ(
      migrated(layer(
          R"({"techniqueID": "T1562", "score": 1}, {"techniqueID": "T1562.001", "score": 3}, {"techniqueID": "T1078"})")),
      layer(R"({"techniqueID": "T1685", "score": 3}, {"techniqueID": "T1078"})"));
  EXPECT_EQ(
      migrated(layer(
          R"({"techniqueID": "T1078"}, {"techniqueID": "T1685", "score": 3}, {"techniqueID": "T1562"})")),
      layer(R"({"techniqueID": "T1078"}, {"techniqueID": "T1685", "score": 3})"));
}

TEST(MigrateLayer, LeavesARepetitionThatWasThereBefore) {
  const std::string twice = layer(R"({"techniqueID": "T1078"}, {"techniqueID": "T1078"})");
  EXPECT_EQ(migrated(twice), twice);
}

TEST(MigrateLayer, RenamesPlatformsOnceAndTheVersion) {
  EXPECT_EQ(migrated(R"({"versions": {"attack": "8", "layer": "4.0"}, "techniques": [],
 "filters": {"platforms": ["AWS", "Azure", "Windows", "Azure AD", "GCP", "Office 365"]}})"),
            R"({"versions": {"attack": "19", "layer": "4.0"}, "techniques": [],
 "filters": {"platforms": ["IaaS", "Windows", "Identity Provider", "Office Suite"]}})");
  EXPECT_EQ(migrated(R"({"versions": {"attack": 16}, "techniques": []})"),
            R"({"versions": {"attack": "19"}, "techniques": []})");
}

TEST(MigrateLayer, TakesAListOfLayersAndAByteOrderMark) {
  EXPECT_EQ(migrated("\xEF\xBB\xBF[{\"techniques\": [{\"techniqueID\": \"T1562\"}]}]"),
            "\xEF\xBB\xBF[{\"techniques\": [{\"techniqueID\": \"T1685\"}]}]");
}

TEST(MigrateLayer, SaysWhatItChangedAndWhere) {
  const auto result =
      migrate_layer("{\"techniques\": [\n {\"techniqueID\": \"T1562\"}]}", "l.json", catalogue());
  ASSERT_TRUE(result);
  ASSERT_EQ(result->changes.size(), 1U);
  EXPECT_EQ(result->changes[0].line, 2U);
  EXPECT_EQ(result->changes[0].from, "T1562");
  EXPECT_EQ(result->changes[0].to, "T1685");
}

TEST(MigrateLayer, WarnsOfIdsThatNothingStandsFor) {
  const auto result = migrate_layer(
      layer(R"({"techniqueID": "T1108"}, {"techniqueID": "T9999"}, {"techniqueID": "x"})"),
      "l.json", catalogue());
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->edits.empty());
  EXPECT_EQ(result->report.problems().size(), 3U);
}

TEST(MigrateLayer, WarnsAtTheLineAndColumnOfTheId) {
  const auto result = migrate_layer(
      "\xEF\xBB\xBF{\"techniques\": [\n\n {\"techniqueID\": \"T9999\"}]}", "l.json", catalogue());
  ASSERT_TRUE(result);
  ASSERT_EQ(result->report.problems().size(), 1U);
  EXPECT_EQ(to_string(result->report.problems()[0].error.place), "l.json:3:18");
}

// With a place that costs a walk through the text for each, this took minutes.
TEST(MigrateLayer, ManyChangesCostLinearTime) {
  std::string entries;
  for (int i = 0; i < 60'000; ++i) {
    if (i != 0) entries += ",\n";
    entries += R"({"techniqueID": "T1562", "tactic": "t)" + std::to_string(i) + "\"}";
  }
  const std::string json = layer(entries);
  const auto begin = std::chrono::steady_clock::now();
  const auto result = migrate_layer(json, "l.json", catalogue());
  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(result);
  EXPECT_EQ(result->changes.size(), 60'000U);
  EXPECT_EQ(result->changes.back().line, 60'000U);
  EXPECT_LT(took, std::chrono::seconds(20));
}

TEST(MigrateLayer, RefusesWhatIsNoLayer) {
  for (const char* text :
       {"{}", "[]", "[1]", "7", R"({"techniques": {}})", R"([{"techniques": []}, {}])"}) {
    const auto result = migrate_layer(text, "l.json", catalogue());
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().code, kNoLayer);
  }
  EXPECT_FALSE(migrate_layer("{\"techniques\": [", "l.json", catalogue()));
}

// Every technique that ever was, in every tactic it may have had.
TEST(MigrateLayer, ChangesNothingTheSecondTime) {
  std::string entries;
  for (const attack::Technique& technique : catalogue().facts().techniques) {
    for (const char* tactic : {"defense-evasion", "stealth", "persistence"}) {
      if (!entries.empty()) entries += ",\n";
      entries += R"({"techniqueID": ")" + technique.id.value + R"(", "tactic": ")" + tactic + "\"}";
    }
  }
  const std::string once = migrated(layer(entries));
  EXPECT_NE(once, layer(entries));
  EXPECT_EQ(migrated(once), once);
}

}  // namespace
}  // namespace nepho::navigator
