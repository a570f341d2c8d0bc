#include "inventory/sumo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Sumo, ReadsAPageOfTheCatalogue) {
  const Detection rule = imported_one(
      "# [Rules](README.md): User Made\n\n## Additional Details\n|Detail|Value|\n|----|----|\n"
      "|Score/Severity|Static: 4|\n|Enabled by Default|False|\n|Prototype|True|\n"
      "|Tags|_mitreAttackTactic:TA0003, _mitreAttackTechnique:T1136.003|\n"
      "## Vendors and Products\n- [Amazon AWS - CloudTrail](../products/x.md)\n"
      "- [Zscaler - Firewall](../products/y.md)\n",
      "rules/MATCH-S1.md");
  EXPECT_EQ(rule.id, "MATCH-S1");
  EXPECT_EQ(rule.name, "User Made");
  EXPECT_EQ(rule.format, "sumo");
  EXPECT_EQ(rule.level, "medium");
  EXPECT_EQ(rule.status, "experimental");
  EXPECT_FALSE(rule.enabled);
  EXPECT_THAT(rule.providers, ElementsAre("aws"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));
}

}  // namespace
}  // namespace nepho::inventory
