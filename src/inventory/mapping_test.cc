#include "inventory/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

// The codes for a rule of AWS with these claims, and with what `change` makes of it.
std::vector<std::string> codes_for(const std::vector<Claim>& claims,
                                   void (*change)(Detection&) = nullptr) {
  Detection detection{.format = "panther", .providers = {"aws"}};
  if (change != nullptr) change(detection);
  map_claims(claims, "r", ClaimForm::kId, test_references(), detection);
  check_mapping(claims, {.file = "r"}, test_references(), detection);
  return codes_of(detection);
}

TEST(Mapping, NoTechniqueOrOnlyTacticsIsSaid) {
  EXPECT_THAT(codes_for({}), ElementsAre("unmapped"));
  EXPECT_THAT(codes_for({{.text = "TA0001"}}), ElementsAre("tactic-only"));
}

TEST(Mapping, TechniquesAreHeldAgainstTheRulesProviders) {
  EXPECT_THAT(codes_for({{.text = "T1003.001"}}), ElementsAre("not-on-platform"));
  EXPECT_THAT(codes_for({{.text = "T1098"}}), ElementsAre("parent-only"));
  EXPECT_THAT(codes_for({{.text = "T1098"}, {.text = "T1098.001"}}), IsEmpty());
}

TEST(Mapping, InAGroupEachTechniqueMustHaveTheTactic) {
  EXPECT_THAT(codes_for({{.text = "TA0003", .group = 1}, {.text = "T1078.004", .group = 1}}),
              IsEmpty());
  const std::vector<Claim> apart = {{.text = "TA0003", .group = 1},
                                    {.text = "T1078.004", .group = 1},
                                    {.text = "TA0006", .group = 2},
                                    {.text = "T1136.003", .group = 2}};
  EXPECT_THAT(codes_for(apart), ElementsAre("tactic-mismatch"));
  // Without groups one technique that has it is enough.
  EXPECT_THAT(codes_for({{.text = "TA0001"}, {.text = "T1078.004"}, {.text = "T1136.003"}}),
              IsEmpty());
}

TEST(Mapping, MoreThanFiveTechniquesSayLittle) {
  std::vector<Claim> claims;
  for (const char* id : {"T1078.004", "T1136.003", "T1098.001", "T1098.003", "T1530"})
    claims.push_back({.text = id});
  EXPECT_THAT(codes_for(claims), IsEmpty());
  claims.push_back({.text = "T1619"});
  EXPECT_THAT(codes_for(claims), ElementsAre("many-techniques"));
}

TEST(Mapping, ARuleThatIsOffOrOnTrialIsNoted) {
  const std::vector<Claim> claims = {{.text = "T1078.004"}};
  EXPECT_THAT(codes_for(claims, [](Detection& rule) { rule.enabled = false; }),
              ElementsAre("disabled-rule"));
  EXPECT_THAT(codes_for(claims, [](Detection& rule) { rule.status = "experimental"; }),
              ElementsAre("experimental-rule"));
  EXPECT_THAT(codes_for({}, [](Detection& rule) { rule.enabled = false; }),
              ElementsAre("unmapped"));
}

TEST(Mapping, ARuleOlderThanSixVersionsIsNoted) {
  const std::vector<Claim> claims = {{.text = "T1078.004"}};
  EXPECT_THAT(codes_for(claims, [](Detection& rule) { rule.last_changed = "2023-01-01"; }),
              ElementsAre("old-rule"));
  EXPECT_THAT(codes_for(claims, [](Detection& rule) { rule.last_changed = "2024-01-01"; }),
              IsEmpty());
  EXPECT_THAT(codes_for(claims, [](Detection& rule) { rule.last_changed = ""; }), IsEmpty());
}

}  // namespace
}  // namespace nepho::inventory
