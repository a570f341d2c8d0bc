#include "inventory/okta.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Okta, ReadsTechniquesThatAreKeys) {
  const Detection rule = imported_one(
      "title: A\nid: o1\nthreat:\n  Tactic:\n    - Persistence\n  Technique:\n"
      "    - T1556.006: Multi-Factor Authentication\n    - T1136.003\n"
      "detection:\n  okta_systemlog:\n    OIE: |\n      eventType eq \"x\"\n");
  EXPECT_EQ(rule.id, "o1");
  EXPECT_EQ(rule.format, "okta");
  EXPECT_THAT(rule.providers, ElementsAre("okta"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003", "T1556.006"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003"));
}

}  // namespace
}  // namespace nepho::inventory
