#include "inventory/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Detection mapped(const std::string& text, ClaimForm form = ClaimForm::kId) {
  Detection detection;
  const std::vector<Claim> claims = {{text, 3, 4}};
  map_claims(claims, "r", form, test_references(), detection);
  return detection;
}

TEST(Mapping, AFixIsWrittenAsTheFormatWritesIt) {
  EXPECT_EQ(mapped("T1562.008").problems.at(0).fix, "T1685.002");
  EXPECT_EQ(mapped("t1562.008", ClaimForm::kSigmaTag).problems.at(0).fix, "attack.t1685.002");
}

TEST(Mapping, IdsOfOtherMatricesAreToldApart) {
  for (const char* id : {"T0859", "T1437", "T1437.001", "AML.T0051", "aml.t0051.001"})
    EXPECT_THAT(codes_of(mapped(id)), ElementsAre("other-matrix")) << id;
  EXPECT_THAT(codes_of(mapped("T1999")), ElementsAre("unknown-technique"));
}

TEST(Mapping, TacticsAreKnownInEverySpelling) {
  for (const char* tactic : {"TA0006", "Credential Access", "credential_access", "CredentialAccess",
                             "credential-access", "credentialaccess"}) {
    const Detection detection = mapped(tactic);
    if (std::string_view(tactic) == "credentialaccess") {
      EXPECT_THAT(codes_of(detection), ElementsAre("unknown-tag"));
    } else {
      EXPECT_THAT(detection.tactics, ElementsAre("TA0006")) << tactic;
    }
  }
}

}  // namespace
}  // namespace nepho::inventory
