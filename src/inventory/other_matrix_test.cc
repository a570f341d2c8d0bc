#include "inventory/other_matrix.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

TEST(OtherMatrix, IcsMobileAndAtlasAreKnownByTheirNumbers) {
  EXPECT_EQ(other_matrix_of("T0859"), "ATT&CK for ICS");
  EXPECT_EQ(other_matrix_of("t1437.001"), "ATT&CK for Mobile");
  EXPECT_EQ(other_matrix_of("T1604"), "ATT&CK for Mobile");
  EXPECT_EQ(other_matrix_of("aml.t0051.001"), "MITRE ATLAS");
  for (const char* id : {"T1078", "T1999", "TA0005", "T16", "", "AML", "initial-access"})
    EXPECT_EQ(other_matrix_of(id), "") << id;
}

TEST(OtherMatrix, NoNumberOfMobileIsEnterprises) {
  const Knowledge knowledge;
  for (const std::string& version : attack::known_versions(knowledge)) {
    const auto catalogue = attack::load_catalogue(knowledge, version, attack::Detail::kMatrix);
    ASSERT_TRUE(catalogue);
    for (const attack::Technique& technique : catalogue->facts().techniques)
      EXPECT_EQ(other_matrix_of(technique.id.value), "") << version << ' ' << technique.id.value;
  }
}

}  // namespace
}  // namespace nepho::inventory
