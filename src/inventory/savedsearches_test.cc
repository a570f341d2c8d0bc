#include "inventory/savedsearches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(SavedSearches, ReadsAnnotationsOfEachStanza) {
  const auto rules = imported(
      "# searches\n[ESCU - Trail Stopped - Rule]\naction.correlationsearch.enabled = 1\n"
      "action.correlationsearch.label = Trail Stopped\n"
      "action.correlationsearch.annotations = {\"cis20\": [\"x\"], \\\n"
      "  \"mitre_attack\": [\"T1562.008\", \"T1136.003\"]}\n"
      "action.risk.param._risk_score = 70\ndisabled = 1\n"
      "search = `cloudtrail` eventName=StopLogging \\\n| stats count\n\n"
      "[a plain report]\nsearch = index=x\n");
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].id, "ESCU - Trail Stopped - Rule");
  EXPECT_EQ(rules[0].name, "Trail Stopped");
  EXPECT_EQ(rules[0].format, "splunk");
  EXPECT_EQ(rules[0].level, "high");
  EXPECT_FALSE(rules[0].enabled);
  EXPECT_THAT(rules[0].providers, ElementsAre("aws"));
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1136.003", "T1685.002"));
  EXPECT_EQ(rules[0].problems[0].error.place.line, 5U);
}

TEST(SavedSearches, BrokenAnnotationsAreAnErrorOfTheirRule) {
  const Detection rule = imported_one(
      "[a]\naction.correlationsearch.annotations = {\"mitre_attack\": [}\nsearch = x\n");
  ASSERT_THAT(codes_of(rule), Contains("json.syntax"));
  EXPECT_EQ(rule.problems[0].error.place.line, 2U);
}

}  // namespace
}  // namespace nepho::inventory
