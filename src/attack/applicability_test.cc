#include "attack/applicability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kProviders = R"(
providers:
  aws: {name: AWS, platforms: [IaaS], attack_log_sources: ["AWS:*"]}
  azure: {name: Azure, platforms: [IaaS], identity_served_by: entra}
  entra: {name: Entra ID, platforms: [Identity Provider]}
identity_techniques: [T1110]
)";

Catalogue catalogue() {
  Facts facts;
  facts.techniques = {{.id = {"T1110"}, .platforms = {"IaaS", "Identity Provider"}},
                      {.id = {"T1537"}, .platforms = {"IaaS"}},
                      {.id = {"T1621"}, .platforms = {"Identity Provider"}}};
  facts.strategies = {
      {.id = {"DET1"}, .techniques = {{"T1537"}, {"T1621"}}, .analytics = {{"AN1"}}}};
  facts.analytics = {
      {.id = {"AN1"}, .platforms = {"IaaS"}, .log_sources = {{{"DC1"}, "AWS:CloudTrail", "x"}}}};
  return Catalogue(std::move(facts));
}

class ApplicabilityTest : public ::testing::Test {
 protected:
  Applicability of(std::string id, std::string_view provider) const {
    return model_.of(*catalogue_.find(TechniqueId{std::move(id)}), *providers_.find(provider));
  }

  const Catalogue catalogue_ = catalogue();
  const Providers providers_ = Providers::parse(kProviders, "providers.yml").value();
  ApplicabilityModel model_{catalogue_, providers_};
};

TEST_F(ApplicabilityTest, AnAnalyticThatReadsTheProvidersLogSaysYes) {
  EXPECT_EQ(of("T1537", "aws").applies, Applies::kYes);
  EXPECT_EQ(of("T1537", "aws").origin, Origin::kAnalytics);
}

TEST_F(ApplicabilityTest, APlatformSharedBySeveralProvidersSaysUnknown) {
  EXPECT_EQ(of("T1537", "azure").applies, Applies::kUnknown);
  EXPECT_EQ(of("T1110", "aws").applies, Applies::kUnknown);
}

TEST_F(ApplicabilityTest, AnAnalyticOfAnotherPlatformSaysNothing) {
  EXPECT_EQ(of("T1621", "aws").applies, Applies::kNo);
  EXPECT_EQ(of("T1621", "aws").origin, Origin::kPlatform);
}

TEST_F(ApplicabilityTest, TheOnlyProviderOfAPlatformIsMeant) {
  EXPECT_EQ(of("T1621", "entra").applies, Applies::kYes);
  EXPECT_EQ(of("T1621", "entra").origin, Origin::kPlatform);
}

TEST_F(ApplicabilityTest, AnIdentityCellIsCountedWhereItIsServed) {
  EXPECT_EQ(of("T1110", "azure").applies, Applies::kNo);
  EXPECT_EQ(of("T1110", "azure").served_by, "entra");
  EXPECT_EQ(of("T1110", "entra").served_by, "");
}

TEST_F(ApplicabilityTest, StrongerOriginsGoBeforeWeakerOnes) {
  model_.add_procedure({"T1537"}, "azure");
  EXPECT_EQ(of("T1537", "azure").origin, Origin::kProcedures);
  ASSERT_TRUE(model_.parse_curated(
      "exceptions:\n  - {techniques: [T1537], providers: [azure], applies: no, reason: r}\n",
      "a.yml"));
  EXPECT_EQ(of("T1537", "azure").origin, Origin::kCurated);
  EXPECT_EQ(of("T1537", "azure").applies, Applies::kNo);
  model_.add_override({{"T1537"}, {"azure"}, Applies::kYes, "we do"});
  EXPECT_EQ(of("T1537", "azure").origin, Origin::kUser);
  EXPECT_EQ(of("T1537", "azure").reason, "we do");
}

TEST_F(ApplicabilityTest, AnExceptionGivesAProviderACellBeyondItsPlatforms) {
  const Provider& aws = *providers_.find("aws");
  EXPECT_EQ(model_.techniques_on(aws, Scope::kCloud).size(), 2U);
  model_.add_override({{"T1621"}, {"aws"}, Applies::kYes, "why"});
  EXPECT_EQ(model_.techniques_on(aws, Scope::kCloud).size(), 3U);
}

TEST_F(ApplicabilityTest, RefusesAnExceptionWithoutReasonOrWithUnknownNames) {
  for (const char* line : {"{techniques: [T1537], providers: [aws], applies: no}",
                           "{techniques: [T15], providers: [aws], applies: no, reason: r}",
                           "{techniques: [T1537], providers: [awz], applies: no, reason: r}",
                           "{techniques: [T1537], providers: [aws], applies: never, reason: r}",
                           "{techniques: [T1537], provider: [aws], applies: no, reason: r}"}) {
    const auto result = model_.parse_curated("exceptions:\n  - " + std::string(line), "a.yml");
    ASSERT_FALSE(result) << line;
    EXPECT_EQ(result.error().place.line, 2U) << line;
  }
}

TEST_F(ApplicabilityTest, CuratedExceptionsOfTheProgramLoad) {
  const Knowledge knowledge;
  const Providers providers = Providers::load(knowledge).value();
  ApplicabilityModel model(catalogue_, providers);
  const auto loaded = model.load_curated(knowledge);
  ASSERT_TRUE(loaded) << to_string(loaded.error());
  EXPECT_EQ(model.of(*catalogue_.find(TechniqueId{"T1621"}), *providers.find("aws")).applies,
            Applies::kNo);
}

}  // namespace
}  // namespace nepho::attack
