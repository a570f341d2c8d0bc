#include "attack/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kYaml = R"(
providers:
  aws: {name: AWS, platforms: [IaaS], attack_log_sources: ["AWS:*"]}
  azure: {name: Azure, platforms: [IaaS], identity_served_by: entra}
  entra: {name: Entra ID, platforms: [Identity Provider], attack_log_sources: ["azure:audit"]}
identity_techniques: [T1110.*]
)";

std::vector<std::string> ids(const std::vector<const Provider*>& providers) {
  std::vector<std::string> out;
  for (const Provider* provider : providers) out.push_back(provider->id);
  return out;
}

TEST(Providers, ShareAPlatformManyToMany) {
  const auto providers = Providers::parse(kYaml, "x.yml");
  ASSERT_TRUE(providers) << to_string(providers.error());
  EXPECT_THAT(ids(providers->on_platforms_of({.id = {"T1"}, .platforms = {"IaaS", "Linux"}})),
              ElementsAre("aws", "azure"));
  EXPECT_THAT(ids(providers->on_platforms_of({.id = {"T1"}, .platforms = {"Azure AD"}})),
              ElementsAre("entra"));
}

TEST(Providers, OwnLogSourcesByNameOrPrefix) {
  const auto providers = Providers::parse(kYaml, "x.yml");
  EXPECT_THAT(ids(providers->with_log_source("AWS:CloudTrail")), ElementsAre("aws"));
  EXPECT_THAT(ids(providers->with_log_source("azure:audit")), ElementsAre("entra"));
  EXPECT_THAT(ids(providers->with_log_source("azure:auditing")), IsEmpty());
}

TEST(Providers, AreServedElsewhereForIdentityTechniquesOnly) {
  const auto providers = Providers::parse(kYaml, "x.yml");
  const Provider& azure = *providers->find("azure");
  EXPECT_EQ(providers->served_by({.id = {"T1110.003"}}, azure), "entra");
  EXPECT_EQ(providers->served_by({.id = {"T1110"}}, azure), "");
  EXPECT_EQ(providers->served_by({.id = {"T1110.003"}}, *providers->find("aws")), "");
}

TEST(Providers, RefuseAMisspeltKeyWithItsPlace) {
  const auto providers =
      Providers::parse("providers:\n  aws: {name: AWS, platform: [IaaS]}\n", "x.yml");
  ASSERT_FALSE(providers);
  EXPECT_EQ(providers.error().place.line, 2U);
  EXPECT_EQ(providers.error().hint, "did you mean 'platforms'?");
}

TEST(Providers, RefuseToBeServedByOneThatIsNotListed) {
  const auto providers = Providers::parse(
      "providers:\n  azure: {name: Azure, platforms: [IaaS], identity_served_by: entra}\n",
      "x.yml");
  ASSERT_FALSE(providers);
  EXPECT_EQ(providers.error().code, kBadProviders);
}

TEST(Providers, OfTheProgramLoadAndCoverEveryCloudPlatform) {
  const auto providers = Providers::load(Knowledge());
  ASSERT_TRUE(providers) << to_string(providers.error());
  for (const char* platform : {"IaaS", "SaaS", "Office Suite", "Identity Provider", "Containers"}) {
    const Technique technique{.id = {"T1"}, .platforms = {platform}};
    EXPECT_FALSE(providers->on_platforms_of(technique).empty()) << platform;
  }
}

}  // namespace
}  // namespace nepho::attack
