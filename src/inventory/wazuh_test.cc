#include "inventory/wazuh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Wazuh, ReadsRulesOfSeveralGroups) {
  const auto rules = imported(
      "<!-- rules -->\n<group name=\"amazon,aws,\">\n  <rule id=\"1\" level=\"0\">\n"
      "    <description>All.</description>\n  </rule>\n"
      "  <rule id=\"2\" level=\"12\">\n    <if_sid>1</if_sid>\n"
      "    <description>Gone.</description>\n    <mitre>\n      <id>T1562.008</id>\n    </mitre>\n"
      "  </rule>\n</group>\n<group name=\"gcp,\">\n  <rule id=\"3\" level=\"5\"/>\n</group>\n");
  ASSERT_EQ(rules.size(), 3U);
  EXPECT_FALSE(rules[0].enabled);
  EXPECT_EQ(rules[0].level, "informational");
  EXPECT_EQ(rules[1].id, "2");
  EXPECT_EQ(rules[1].name, "Gone.");
  EXPECT_EQ(rules[1].level, "high");
  EXPECT_THAT(rules[1].providers, ElementsAre("aws"));
  EXPECT_THAT(rules[1].techniques, ElementsAre("T1685.002"));
  EXPECT_EQ(rules[1].problems[0].error.place.line, 10U);
  EXPECT_EQ(rules[2].level, "low");
  EXPECT_THAT(rules[2].providers, ElementsAre("gcp"));
}

TEST(Wazuh, ABrokenFileIsADetectionWithItsError) {
  const Detection rule = imported_one("<group name=\"a\">\n<rule id=\"1\">\n</group>\n");
  EXPECT_EQ(rule.format, "wazuh");
  EXPECT_THAT(codes_of(rule), ElementsAre("xml.syntax"));
}

}  // namespace
}  // namespace nepho::inventory
