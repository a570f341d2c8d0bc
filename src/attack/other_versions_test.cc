#include "attack/other_versions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/library.h"

namespace nepho::attack {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids_of(const std::vector<const Technique*>& techniques) {
  std::vector<std::string> ids;
  for (const Technique* technique : techniques) ids.push_back(technique->id.value);
  return ids;
}

TEST(OtherVersions, AnIdThatCameLaterIsFoundInTheVersionThatHasIt) {
  const Knowledge knowledge;
  const auto others = OtherVersions::load(knowledge, "16.1");
  const ElsewhereKnown found = others.find(TechniqueId{"T1685.002"});
  ASSERT_NE(found.technique, nullptr);
  EXPECT_EQ(found.version, "19.1");
  EXPECT_EQ(others.find(TechniqueId{"T1999"}).technique, nullptr);
}

TEST(OtherVersions, SaysWhatALaterIdIsCalledInAnOlderVersion) {
  const Knowledge knowledge;
  const auto old = load_catalogue(knowledge, "16.1");
  ASSERT_TRUE(old);
  const auto others = OtherVersions::load(knowledge, "16.1");
  EXPECT_THAT(ids_of(others.predecessors(TechniqueId{"T1685.002"}, *old)),
              ElementsAre("T1562.008"));
  EXPECT_THAT(others.predecessors(TechniqueId{"T1078"}, *old), IsEmpty());
}

TEST(OtherVersions, RemembersOldNames) {
  const Knowledge knowledge;
  const auto others = OtherVersions::load(knowledge, "19.1");
  const auto is_same = [](std::string_view a, std::string_view b) { return a == b; };
  const TechniqueId id{"T1562.008"};
  EXPECT_EQ(others.find_name(id, "Disable or Modify Cloud Logs", is_same).version, "18.1");
  EXPECT_EQ(others.find_name(id, "Disable Cloud Logs", is_same).version, "8.2");
  EXPECT_EQ(others.find_name(id, "Phishing", is_same).technique, nullptr);
}

}  // namespace
}  // namespace nepho::attack
