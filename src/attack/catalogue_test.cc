#include "attack/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Technique active(std::string id, std::vector<TacticId> tactics = {{"TA0001"}}) {
  const TechniqueId technique{std::move(id)};
  return {.id = technique,
          .name = technique.value,
          .parent = is_subtechnique(technique) ? parent_of(technique) : TechniqueId{},
          .tactics = std::move(tactics),
          .platforms = {"IaaS"}};
}

Technique revoked(std::string id, std::string by) {
  Technique technique = active(std::move(id));
  technique.status = Status::kRevoked;
  technique.revoked_by = TechniqueId{std::move(by)};
  return technique;
}

Technique deprecated(std::string id) {
  Technique technique = active(std::move(id));
  technique.status = Status::kDeprecated;
  return technique;
}

Catalogue with(std::vector<Technique> techniques) {
  Facts facts;
  facts.tactics = {{{"TA0001"}, "initial-access", "Initial Access"},
                   {{"TA0005"}, "stealth", "Stealth"},
                   {{"TA0003"}, "persistence", "Persistence"}};
  facts.techniques = std::move(techniques);
  return Catalogue(std::move(facts));
}

std::vector<std::string> ids(const std::vector<const Technique*>& techniques) {
  std::vector<std::string> out;
  for (const Technique* technique : techniques) out.push_back(technique->id.value);
  return out;
}

TEST(Catalogue, FollowsReplacementsToTheActiveTechnique) {
  const Catalogue catalogue =
      with({revoked("T1073", "T1574.002"), revoked("T1574.002", "T1574.001"), active("T1574"),
            active("T1574.001")});
  EXPECT_THAT(catalogue.replacements({"T1073"}),
              ElementsAre(TechniqueId{"T1574.002"}, TechniqueId{"T1574.001"}));
  EXPECT_EQ(catalogue.successor({"T1073"}), TechniqueId{"T1574.001"});
  EXPECT_EQ(catalogue.successor({"T1574"}), TechniqueId{"T1574"});
}

TEST(Catalogue, HasNoSuccessorOfWhatWasWithdrawnOrNeverWas) {
  const Catalogue catalogue =
      with({deprecated("T1108"), revoked("T1000", "T1108"), revoked("T1001", "T9999")});
  EXPECT_EQ(catalogue.successor({"T1108"}), std::nullopt);
  EXPECT_EQ(catalogue.successor({"T1000"}), std::nullopt);
  EXPECT_EQ(catalogue.successor({"T1001"}), std::nullopt);
  EXPECT_EQ(catalogue.successor({"T4242"}), std::nullopt);
}

TEST(Catalogue, EndsAChainThatRunsInACircle) {
  const Catalogue catalogue = with({revoked("T1000", "T1001"), revoked("T1001", "T1002"),
                                    revoked("T1002", "T1001"), revoked("T1003", "T1003")});
  EXPECT_EQ(catalogue.replacements({"T1000"}).size(), 2U);
  EXPECT_EQ(catalogue.successor({"T1000"}), std::nullopt);
  EXPECT_THAT(catalogue.replacements({"T1003"}), IsEmpty());
  EXPECT_EQ(catalogue.successor({"T1003"}), std::nullopt);
}

TEST(Catalogue, FindsATacticHoweverItIsWritten) {
  const Catalogue catalogue = with({});
  for (const char* text :
       {"TA0001", "ta0001", "initial-access", "initial_access", "Initial Access"}) {
    ASSERT_NE(catalogue.find_tactic(text), nullptr) << text;
    EXPECT_EQ(catalogue.find_tactic(text)->id, TacticId{"TA0001"});
  }
  EXPECT_EQ(catalogue.find_tactic("defense-evasion"), nullptr);
  EXPECT_EQ(catalogue.find_tactic(""), nullptr);
}

TEST(Catalogue, PutsTechniquesAndTheirTacticsInOrder) {
  const Catalogue catalogue = with(
      {active("T1002", {{"TA0003"}, {"TA0001"}, {"TA0003"}}), active("T1001"), active("T1002")});
  ASSERT_EQ(catalogue.facts().techniques.size(), 2U);
  EXPECT_EQ(catalogue.facts().techniques[0].id.value, "T1001");
  EXPECT_THAT(catalogue.facts().techniques[1].tactics,
              ElementsAre(TacticId{"TA0001"}, TacticId{"TA0003"}));
}

TEST(Catalogue, ListsOnlyActiveTechniques) {
  const Catalogue catalogue = with(
      {active("T1078"), active("T1078.004"), revoked("T1078.009", "T1078"), deprecated("T1108")});
  EXPECT_THAT(ids(catalogue.subtechniques({"T1078"})), ElementsAre("T1078.004"));
  EXPECT_THAT(ids(catalogue.cloud_techniques()), ElementsAre("T1078", "T1078.004"));
  EXPECT_THAT(ids(catalogue.techniques_of({"TA0001"})), ElementsAre("T1078", "T1078.004"));
  EXPECT_NE(catalogue.find(TechniqueId{"T1108"}), nullptr);
}

TEST(Catalogue, NamesTheUsersOfATechnique) {
  Facts facts;
  facts.techniques = {active("T1078")};
  facts.groups = {{.id = {"G0002"}, .techniques = {{"T1078"}}},
                  {.id = {"G0001"}, .techniques = {{"T1000"}, {"T1078"}}},
                  {.id = {"G0003"}, .status = Status::kRevoked, .techniques = {{"T1078"}}}};
  facts.campaigns = {{.id = {"C0001"}, .techniques = {{"T1078"}}}};
  facts.software = {{.id = {"S0001"}, .techniques = {{"T1000"}}}};
  const Catalogue catalogue(std::move(facts));
  const Users users = catalogue.users_of({"T1078"});
  ASSERT_EQ(users.groups.size(), 2U);
  EXPECT_EQ(users.groups[0]->id.value, "G0001");
  EXPECT_EQ(users.campaigns.size(), 1U);
  EXPECT_THAT(users.software, IsEmpty());
}

TEST(Catalogue, GathersTheAnalyticsOfAllStrategies) {
  Facts facts;
  facts.techniques = {active("T1537")};
  facts.analytics = {
      {.id = {"AN2"}}, {.id = {"AN1"}}, {.id = {"AN3"}, .status = Status::kDeprecated}};
  facts.strategies = {{.id = {"DET1"}, .techniques = {{"T1537"}}, .analytics = {{"AN2"}, {"AN3"}}},
                      {.id = {"DET2"}, .techniques = {{"T1537"}}, .analytics = {{"AN1"}, {"AN9"}}}};
  const Catalogue catalogue(std::move(facts));
  const auto analytics = catalogue.analytics_of({"T1537"});
  ASSERT_EQ(analytics.size(), 2U);
  EXPECT_EQ(analytics[0]->id.value, "AN1");
  EXPECT_EQ(analytics[1]->id.value, "AN2");
}

}  // namespace
}  // namespace nepho::attack
