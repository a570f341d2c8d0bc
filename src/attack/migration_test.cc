#include "attack/migration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/library.h"

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Catalogue& catalogue(const char* version = "19.1") {
  static const Knowledge knowledge;
  static std::map<std::string, Catalogue> loaded;
  const auto found = loaded.find(version);
  if (found != loaded.end()) return found->second;
  return loaded.emplace(version, load_catalogue(knowledge, version).value()).first->second;
}

std::vector<std::string> meant(std::string_view text, const char* version = "19.1") {
  std::vector<std::string> names;
  for (const Tactic* tactic : tactics_meant(catalogue(version), text)) {
    names.push_back(tactic->shortname);
  }
  return names;
}

TEST(Migration, AnIdIsCurrentReplacedWithdrawnOrUnknown) {
  const auto fate = [](const char* id) { return fate_of(catalogue(), TechniqueId{id}); };
  EXPECT_EQ(fate("T1078").fate, Fate::kCurrent);
  EXPECT_EQ(fate("T1078").id, TechniqueId{"T1078"});
  EXPECT_EQ(fate("T1562.008").fate, Fate::kReplaced);
  EXPECT_EQ(fate("T1562.008").id, TechniqueId{"T1685.002"});
  EXPECT_EQ(fate("T1108").fate, Fate::kWithdrawn);
  EXPECT_TRUE(fate("T1108").id.empty());
  EXPECT_EQ(fate("T9999").fate, Fate::kUnknown);
}

TEST(Migration, ATacticOfTheVersionMeansItself) {
  EXPECT_THAT(meant("impact"), ElementsAre("impact"));
  EXPECT_THAT(meant("Credential Access"), ElementsAre("credential-access"));
  EXPECT_THAT(meant("TA0005"), ElementsAre("stealth"));
  EXPECT_THAT(meant("defense-evasion", "18.1"), ElementsAre("defense-evasion"));
}

TEST(Migration, ASplitTacticMeansBothHalvesAndEachHalfTheWhole) {
  for (const char* text : {"defense-evasion", "defense_evasion", "Defense Evasion"}) {
    EXPECT_THAT(meant(text), ElementsAre("stealth", "defense-impairment")) << text;
  }
  EXPECT_THAT(meant("stealth", "18.1"), ElementsAre("defense-evasion"));
  EXPECT_THAT(meant("defense-impairment", "18.1"), ElementsAre("defense-evasion"));
}

TEST(Migration, WhatIsNoTacticOfAnyVersionMeansNone) {
  EXPECT_THAT(meant("g0016"), IsEmpty());
  EXPECT_THAT(meant(""), IsEmpty());
  EXPECT_THAT(meant("evasion"), IsEmpty());
}

TEST(Migration, OfTheTacticsMeantThoseCountThatATechniqueIsIn) {
  const auto in_use = [](std::vector<TechniqueId> techniques) {
    std::vector<std::string> names;
    const auto both = tactics_meant(catalogue(), "defense-evasion");
    for (const Tactic* tactic : tactics_in_use(catalogue(), both, techniques)) {
      names.push_back(tactic->shortname);
    }
    return names;
  };
  EXPECT_THAT(in_use({{"T1685.002"}}), ElementsAre("defense-impairment"));
  EXPECT_THAT(in_use({{"T1078"}}), ElementsAre("stealth"));
  EXPECT_THAT(in_use({{"T1078"}, {"T1685"}}), ElementsAre("stealth", "defense-impairment"));
  EXPECT_THAT(in_use({{"T1136"}, {"T9999"}}), IsEmpty());
  EXPECT_THAT(in_use({}), IsEmpty());
}

}  // namespace
}  // namespace nepho::attack
