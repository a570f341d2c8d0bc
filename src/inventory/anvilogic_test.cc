#include "inventory/anvilogic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Anvilogic, ReadsIdsAndTacticsOfTechniques) {
  const Detection rule = imported_one(
      "id: '1.2'\ntitle: A\nlogic_format: Splunk\nlogic: '`get_cloud_data_gcp` x'\n"
      "techniques:\n- persistence:create account\n- 'defense-evasion:impair defenses:logs'\n"
      "technique_id:\n- T1136.003\n- T1562.008\ndata_category: [EDR Logs]\n");
  EXPECT_EQ(rule.id, "1.2");
  EXPECT_EQ(rule.format, "anvilogic");
  EXPECT_EQ(rule.level, std::nullopt);
  EXPECT_THAT(rule.providers, ElementsAre("gcp"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003", "T1685.002"));
  EXPECT_THAT(rule.tactics, ElementsAre("TA0003", "TA0112"));
}

TEST(Anvilogic, AListMayBeWrittenAsOneText) {
  const auto techniques = [](const std::string& ids) {
    return imported_one("id: a\ntitle: A\nlogic_format: KQL\ntechnique_id: " + ids + "\n")
        .techniques;
  };
  EXPECT_THAT(techniques("\"['T1136', 'T1098.001']\""), ElementsAre("T1098.001", "T1136"));
  EXPECT_THAT(techniques("null"), IsEmpty());
}

}  // namespace
}  // namespace nepho::inventory
