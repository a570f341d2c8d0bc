#include "attack/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;

TEST(Library, ShipsTheVersionsThatPeopleMigrateFrom) {
  EXPECT_THAT(known_versions(Knowledge()), ElementsAre("8.2", "16.1", "18.1", "19.1"));
}

TEST(Library, GivesTheNewestVersionUnlessAskedForAnother) {
  const Knowledge knowledge;
  EXPECT_EQ(load_catalogue(knowledge).value().version(), "19.1");
  EXPECT_EQ(load_catalogue(knowledge, "18.1").value().version(), "18.1");
  EXPECT_EQ(load_catalogue(knowledge, "16").value().version(), "16.1");
}

TEST(Library, NamesTheKnownVersionsWhenAskedForNone) {
  const auto catalogue = load_catalogue(Knowledge(), "1");
  ASSERT_FALSE(catalogue);
  EXPECT_EQ(catalogue.error().code, kUnknownVersion);
  EXPECT_THAT(catalogue.error().hint, ::testing::HasSubstr("8.2, 16.1, 18.1, 19.1"));
}

TEST(Library, TakesAVersionFromAFolderLaidOver) {
  const auto folder = std::filesystem::temp_directory_path() / "nepho_library_test";
  std::filesystem::create_directories(folder / "attack");
  ASSERT_TRUE(write_file(folder / "attack" / "20.0.tsv", "nephometer-attack\t1\nversion\t20.0\n"));
  Knowledge knowledge;
  ASSERT_TRUE(knowledge.lay_over(folder));
  EXPECT_EQ(load_catalogue(knowledge).value().version(), "20.0");
  std::filesystem::remove_all(folder);
}

// data/attack/facts/counts.json of MITRE's release, by hand.
TEST(Library, HoldsTheCloudMatrixOfVersion19) {
  const Catalogue catalogue = load_catalogue(Knowledge(), "19.1").value();
  const auto cloud = catalogue.cloud_techniques();
  std::size_t num_subs = 0;
  std::size_t num_cells = 0;
  for (const Technique* technique : cloud) {
    num_subs += technique->is_subtechnique() ? 1 : 0;
    num_cells += technique->tactics.size();
  }
  EXPECT_EQ(cloud.size(), 152U);
  EXPECT_EQ(num_subs, 75U);
  EXPECT_EQ(num_cells, 180U);
  EXPECT_EQ(catalogue.cloud_techniques(Scope::kCloudAndContainers).size(), 170U);
}

TEST(Library, FollowsTheReplacementsOfVersion19) {
  const Catalogue catalogue = load_catalogue(Knowledge(), "19.1").value();
  EXPECT_EQ(catalogue.successor({"T1562.008"}), TechniqueId{"T1685.002"});
  EXPECT_EQ(catalogue.successor({"T1562.001"}), TechniqueId{"T1685"});
  EXPECT_EQ(catalogue.successor({"T1073"}), TechniqueId{"T1574.001"});
}

// Whatever was retired: its successor, where there is one, is active.
TEST(Library, NeverNamesARetiredTechniqueAsSuccessor) {
  const Knowledge knowledge;
  for (const std::string& version : known_versions(knowledge)) {
    const Catalogue catalogue = load_catalogue(knowledge, version).value();
    for (const Technique& technique : catalogue.facts().techniques) {
      const auto successor = catalogue.successor(technique.id);
      if (technique.is_revoked()) {
        EXPECT_TRUE(successor) << version << " " << technique.id.value;
      }
      if (successor) {
        EXPECT_TRUE(catalogue.find(*successor)->is_active()) << technique.id.value;
      }
    }
  }
}

}  // namespace
}  // namespace nepho::attack
