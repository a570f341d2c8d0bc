#include "inventory/csa.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Csa, ReadsItsMappingAndTellsAtlasApart) {
  const Detection rule = imported_one(
      "---\nid: '9.01'\nname: a\ndisplay_name: A\nseverity: Low\nattack_mapping:\n"
      "  - technique: T1136.003\n    title: x\n  - technique: AML.T0051\n"
      "sources:\n  - Audit Logs\n");
  EXPECT_EQ(rule.id, "9.01");
  EXPECT_EQ(rule.name, "A");
  EXPECT_EQ(rule.format, "gcp-csa");
  EXPECT_THAT(rule.providers, ElementsAre("gcp"));
  EXPECT_THAT(rule.techniques, ElementsAre("T1136.003"));
  EXPECT_THAT(codes_of(rule), ElementsAre("other-matrix"));
}

TEST(Csa, SourcesOfWorkspaceAreItsOwn) {
  EXPECT_THAT(
      imported_one("id: '1'\nattack_mapping: []\nsources: [Workspace Admin Audit]\n").providers,
      ElementsAre("gws"));
}

}  // namespace
}  // namespace nepho::inventory
