#include "exercise/principal_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

Names names_of(std::string_view text) {
  Names names;
  add_principal(text, names);
  return names;
}

Agreement compared(std::string_view one, std::string_view other) {
  return compare(names_of(one), names_of(other));
}

TEST(PrincipalNames, AnArnIsKnownByItsParts) {
  EXPECT_THAT(names_of("arn:aws:sts::111122223333:assumed-role/Admin/Eve@example.com"),
              IsSupersetOf({"admin", "eve@example.com", "admin/eve@example.com", "eve"}));
  EXPECT_THAT(names_of("arn:aws:iam::111122223333:user/team/eve"), IsSupersetOf({"eve"}));
  EXPECT_THAT(names_of("AROAZ6U2C6BFM7VJQQZM3:eve"),
              ElementsAre("aroaz6u2c6bfm7vjqqzm3", "aroaz6u2c6bfm7vjqqzm3:eve", "eve"));
  EXPECT_THAT(names_of("system:serviceaccount:shop:checkout"),
              ElementsAre("system:serviceaccount:shop:checkout"));
}

TEST(PrincipalNames, NobodyIsNoName) {
  for (const char* text : {"", "-", "unknown", "UNKNOWN", "n/a"}) {
    EXPECT_THAT(names_of(text), IsEmpty()) << text;
  }
}

TEST(PrincipalNames, OnePersonAgreesHoweverNamed) {
  const char* arn = "arn:aws:sts::111122223333:assumed-role/Admin/eve@example.com";
  for (const char* name : {"Admin", "eve@example.com", "EVE", arn}) {
    EXPECT_EQ(compared(arn, name), Agreement::kAgrees) << name;
  }
  EXPECT_EQ(compared(arn, "mallory"), Agreement::kDiffers);
}

TEST(PrincipalNames, AnIdSaysNothingOfAName) {
  EXPECT_EQ(compared("eve", "2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"), Agreement::kUnknown);
  EXPECT_EQ(compared("111122223333", "my-project"), Agreement::kUnknown);
  EXPECT_EQ(compared("111122223333", "444455556666"), Agreement::kDiffers);
  EXPECT_EQ(compare({}, names_of("eve")), Agreement::kUnknown);
}

}  // namespace
}  // namespace nepho::exercise
