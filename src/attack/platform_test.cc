#include "attack/platform.h"

#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

Technique on(std::vector<std::string> platforms) {
  return Technique{.id = {"T1000"}, .platforms = std::move(platforms)};
}

TEST(Platform, OldNamesMeanTheCurrentOnes) {
  EXPECT_EQ(current_platform("AWS"), "IaaS");
  EXPECT_EQ(current_platform("Azure AD"), "Identity Provider");
  EXPECT_EQ(current_platform("Google Workspace"), "Office Suite");
  EXPECT_EQ(current_platform("Network"), "Network Devices");
  EXPECT_EQ(current_platform("ESXi"), "ESXi");
}

TEST(Platform, ContainersAreCloudOnlyInTheWiderScope) {
  EXPECT_FALSE(is_in(on({"Containers", "Linux"}), Scope::kCloud));
  EXPECT_TRUE(is_in(on({"Containers", "Linux"}), Scope::kCloudAndContainers));
  EXPECT_TRUE(is_in(on({"Linux", "SaaS"}), Scope::kCloud));
  EXPECT_FALSE(is_in(on({"Linux", "PRE"}), Scope::kCloudAndContainers));
}

TEST(Platform, TechniquesOfOldVersionsAreCloudByTheirOldPlatforms) {
  EXPECT_TRUE(is_in(on({"GCP"}), Scope::kCloud));
  EXPECT_TRUE(is_in(on({"Office 365"}), Scope::kCloud));
}

}  // namespace
}  // namespace nepho::attack
