#include "inventory/falco.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Falco, ReadsRulesAndLeavesMacrosAndLists) {
  const auto rules = imported(
      "- required_engine_version: 11\n- macro: m\n  condition: a\n- list: l\n  items: [x]\n"
      "- rule: Secret Read\n  desc: d\n  condition: m\n  output: o\n  priority: NOTICE\n"
      "  source: k8s_audit\n"
      "  tags: [k8s, mitre_credential_access, T1552.007, maturity_sandbox]\n"
      "- rule: Shell\n  desc: d\n  condition: m\n  output: o\n  priority: CRITICAL\n"
      "  tags: [T1562-impair-defenses]\n");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].id, "Secret Read");
  EXPECT_EQ(rules[0].level, "low");
  EXPECT_EQ(rules[0].status, "experimental");
  EXPECT_THAT(rules[0].providers, ElementsAre("kubernetes"));
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1552.007"));
  EXPECT_THAT(rules[0].tactics, ElementsAre("TA0006"));
  EXPECT_EQ(rules[1].level, "critical");
  EXPECT_THAT(rules[1].techniques, ElementsAre("T1685"));
}

TEST(Falco, LaterEntriesChangeEarlierRules) {
  const auto rules = imported(
      "- rule: A\n  desc: d\n  condition: c\n  priority: NOTICE\n  source: okta\n  tags: [T1621]\n"
      "- rule: A\n  enabled: false\n"
      "- rule: A\n  append: true\n  condition: or x\n  tags: [T1136.003]\n"
      "- rule: Elsewhere\n  enabled: false\n");
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_FALSE(rules[0].enabled);
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1136.003", "T1621"));
}

}  // namespace
}  // namespace nepho::inventory
