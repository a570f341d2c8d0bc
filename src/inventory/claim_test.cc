#include "inventory/claim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"
#include "inventory/mapping.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Detection mapped(const std::vector<Claim>& claims, ClaimForm form = ClaimForm::kId,
                 const References& references = test_references()) {
  Detection detection;
  map_claims(claims, "r", form, references, detection);
  return detection;
}

Detection mapped(const std::string& text, ClaimForm form = ClaimForm::kId) {
  return mapped({{.text = text, .line = 3, .column = 4}}, form);
}

Claim named(const std::string& id, const std::string& name) {
  return {.text = id, .line = 3, .column = 4, .name = name, .name_line = 5, .name_column = 6};
}

TEST(Claim, AFixIsWrittenAsTheFormatWritesIt) {
  EXPECT_EQ(mapped("T1562.008").problems.at(0).fix, "T1685.002");
  EXPECT_EQ(mapped("t1562.008", ClaimForm::kSigmaTag).problems.at(0).fix, "attack.t1685.002");
  EXPECT_EQ(mapped("T1562/008").problems.at(0).fix, "T1685/002");
}

TEST(Claim, KeepsWhatWasWrittenBesideWhatItIsToday) {
  const Detection detection = mapped({{.text = "Defense Evasion"}, {.text = "t1562.008"}});
  ASSERT_EQ(detection.mappings.size(), 2U);
  EXPECT_EQ(detection.mappings[0].written, "Defense Evasion");
  EXPECT_EQ(detection.mappings[0].current, "TA0112");
  EXPECT_EQ(detection.mappings[1].written, "t1562.008");
  EXPECT_EQ(detection.mappings[1].current, "T1685.002");
}

TEST(Claim, IdsOfOtherMatricesAreToldApart) {
  for (const char* id : {"T0859", "T1437", "T1437.001", "T1604", "AML.T0051", "aml.t0051.001"})
    EXPECT_THAT(codes_of(mapped(id)), ElementsAre("other-matrix")) << id;
  EXPECT_THAT(codes_of(mapped("T1999")), ElementsAre("unknown-technique"));
  EXPECT_THAT(codes_of(mapped("T10178")), ElementsAre("malformed-technique"));
}

TEST(Claim, AnIdOfALaterVersionIsSaidToBeSo) {
  const Knowledge knowledge;
  const auto old = attack::load_catalogue(knowledge, "16.1");
  ASSERT_TRUE(old);
  const auto others = attack::OtherVersions::load(knowledge, "16.1");
  const References& now = test_references();
  const References then{.catalogue = *old,
                        .providers = now.providers,
                        .log_sources = now.log_sources,
                        .other_versions = &others};
  const Detection one = mapped({{.text = "T1685.002"}}, ClaimForm::kId, then);
  EXPECT_THAT(codes_of(one), ElementsAre("other-version"));
  EXPECT_THAT(one.techniques, ElementsAre("T1562.008"));
  EXPECT_EQ(one.problems[0].fix, "T1562.008");
  // Three became T1685: which is meant only a person can tell.
  const Detection many = mapped({{.text = "T1685"}}, ClaimForm::kId, then);
  EXPECT_THAT(codes_of(many), ElementsAre("other-version"));
  EXPECT_THAT(many.techniques, IsEmpty());
  EXPECT_EQ(many.problems[0].fix, "");
  const Detection tactic = mapped({{.text = "TA0112"}}, ClaimForm::kId, then);
  EXPECT_THAT(tactic.tactics, ElementsAre("TA0005"));
  EXPECT_EQ(tactic.problems.at(0).fix, "TA0005");
}

TEST(Claim, TacticsAreKnownInEverySpelling) {
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

TEST(Claim, ATacticThatWasSplitIsTheOneOfTheTechniqueBesideIt) {
  // Written for version 18: the id stayed with Stealth, the technique did not.
  const Detection impair = mapped({{.text = "TA0005"}, {.text = "T1562.008"}});
  EXPECT_THAT(codes_of(impair), ElementsAre("retired-technique", "renamed-tactic"));
  EXPECT_THAT(impair.tactics, ElementsAre("TA0112"));
  EXPECT_EQ(impair.problems[1].fix, "TA0112");
  const Detection stealth = mapped({{.text = "TA0005"}, {.text = "T1070.004"}});
  EXPECT_THAT(stealth.problems, IsEmpty());
  // Each pair for itself.
  const Detection pairs = mapped({{.text = "TA0005", .group = 1},
                                  {.text = "T1562.008", .group = 1},
                                  {.text = "TA0005", .group = 2},
                                  {.text = "T1070.004", .group = 2}});
  EXPECT_THAT(pairs.tactics, ElementsAre("TA0005", "TA0112"));
}

TEST(Claim, OfAProductWithTacticsOfItsOwnNoneIsRewritten) {
  const Detection detection =
      mapped({{.text = "DefenseEvasion"}, {.text = "T1562.008"}}, ClaimForm::kOwnTactics);
  EXPECT_THAT(codes_of(detection), ElementsAre("retired-technique", "renamed-tactic"));
  EXPECT_EQ(detection.problems[0].fix, "T1685.002");
  EXPECT_EQ(detection.problems[1].fix, "");
}

TEST(Claim, ANameThatIsNotTheIdsIsToldWhereItStands) {
  EXPECT_THAT(mapped({named("T1078.004", "Cloud Accounts")}).problems, IsEmpty());
  EXPECT_THAT(mapped({named("T1078.004", "Valid Accounts: Cloud Accounts")}).problems, IsEmpty());
  const Detection wrong = mapped({named("T1078", "Phishing")});
  ASSERT_THAT(codes_of(wrong), ElementsAre("name-mismatch"));
  EXPECT_EQ(to_string(wrong.problems[0].error.place), "r:5:6");
  EXPECT_EQ(wrong.problems[0].fix, "");
  EXPECT_THAT(wrong.problems[0].error.hint, testing::HasSubstr("T1566"));
  const Detection tactic = mapped({named("TA0005", "Defense Evasion")});
  ASSERT_THAT(codes_of(tactic), ElementsAre("name-mismatch"));
  EXPECT_EQ(tactic.problems[0].fix, "Stealth");
}

}  // namespace
}  // namespace nepho::inventory
