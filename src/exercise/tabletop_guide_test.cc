#include "exercise/tabletop_guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "exercise/errors.h"
#include "exercise/procedure.h"
#include "text/yaml_keys.h"

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ErrorCode code_of(std::string_view yaml) {
  const auto guide = parse_tabletop_guide(yaml, "tabletop.yml");
  EXPECT_FALSE(guide) << yaml;
  return guide ? ErrorCode{"none"} : guide.error().code;
}

TEST(TabletopGuide, StepsForAnyProviderComeFirst) {
  const auto guide = parse_tabletop_guide(
      "tactics:\n"
      "  impact: {wants: to destroy, contain: {aws: [cancel], any: [stop], gcp: [undelete]}}\n",
      "tabletop.yml");
  ASSERT_TRUE(guide);
  const TabletopGuide::Tactic* impact = guide->find_tactic("impact");
  ASSERT_NE(impact, nullptr);
  EXPECT_THAT(impact->steps_on("aws"), ElementsAre("stop", "cancel"));
  EXPECT_THAT(impact->steps_on("okta"), ElementsAre("stop"));
  EXPECT_EQ(guide->find_tactic("recon"), nullptr);
}

TEST(TabletopGuide, CallersAreOfAProvider) {
  const auto guide = parse_tabletop_guide(
      "callers: {aws: {root: {who: somebody, contain: [call support]}}}\n", "tabletop.yml");
  ASSERT_TRUE(guide);
  ASSERT_NE(guide->find_caller("aws", "root"), nullptr);
  EXPECT_EQ(guide->find_caller("aws", "root")->who, "somebody");
  EXPECT_EQ(guide->find_caller("gcp", "root"), nullptr);
  EXPECT_EQ(guide->find_caller("aws", "nobody"), nullptr);
}

TEST(TabletopGuide, WhatIsNotOfItsKindIsAnErrorWithItsPlace) {
  EXPECT_EQ(code_of("asks: {}\n"), text::kYamlUnknownKey);
  EXPECT_EQ(code_of("ask: {first: one question}\n"), kBadValue);
  EXPECT_EQ(code_of("debrief: [{a: b}]\n"), kBadValue);
  EXPECT_EQ(code_of("tactics: {impact: {ask: [what]}}\n"), kBadValue) << "without 'wants'";
  EXPECT_EQ(code_of("tactics: [impact]\n"), kBadValue);
  EXPECT_EQ(code_of("callers: {aws: {root: {who: x, contains: []}}}\n"), text::kYamlUnknownKey);
  const auto guide = parse_tabletop_guide("debrief:\n  - {a: b}\n", "tabletop.yml");
  ASSERT_FALSE(guide);
  EXPECT_EQ(guide.error().place.line, 2U);
}

// A procedure of ours whose caller or tactic the guide does not know would make a walkthrough that
// says nothing.
TEST(TabletopGuide, KnowsTheTacticAndCallersOfEveryProcedure) {
  const Knowledge knowledge;
  LoadReport report;
  const auto guide = load_tabletop_guide(knowledge);
  ASSERT_TRUE(guide) << to_string(guide.error());
  const auto operations = Operations::load(knowledge, report);
  std::set<std::string> missing;
  for (const Procedure& procedure : load_procedures(knowledge, operations, report)) {
    const std::string& id = procedure.facts.id;
    const std::size_t dot = id.find('.') + 1;
    const std::string tactic = id.substr(dot, id.find('.', dot) - dot);
    const auto* found = guide->find_tactic(tactic);
    if (found == nullptr || found->ask.empty() || found->steps_on(procedure.facts.provider).empty())
      missing.insert(tactic);
    if (guide->find_caller(procedure.facts.provider, procedure.attack.as) == nullptr)
      missing.insert(procedure.facts.provider + " " + procedure.attack.as);
  }
  EXPECT_THAT(missing, IsEmpty());
}

}  // namespace
}  // namespace nepho::exercise
