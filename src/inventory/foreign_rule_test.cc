#include "inventory/foreign_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(ForeignRule, AnIdIsTakenFromTheBeginningOfAText) {
  EXPECT_EQ(leading_id("T1562-impair-defenses"), "T1562");
  EXPECT_EQ(leading_id(" T1556.006: name "), "T1556.006");
  EXPECT_EQ(leading_id("T1562/008/"), "T1562/008");
  EXPECT_EQ(leading_id("TA0005-defense-evasion"), "TA0005");
  EXPECT_EQ(leading_id("Defense Evasion"), "Defense Evasion");
  EXPECT_EQ(leading_id("Target"), "Target");
  EXPECT_EQ(leading_id(""), "");
}

TEST(ForeignRule, ProvidersAreNamedByWholeWordsTheLongestFirst) {
  constexpr ProviderWord kWords[] = {{"azure", "azure"},
                                     {"azure ad", "entra"},
                                     {"kube_*", "kubernetes"},
                                     {"eks", "aws kubernetes"}};
  const auto named = [&](std::string_view text) {
    std::vector<std::string> providers;
    add_providers(text, kWords, providers);
    return providers;
  };
  EXPECT_THAT(named("Azure AD logs"), ElementsAre("entra"));
  EXPECT_THAT(named("azure adx"), ElementsAre("azure"));
  EXPECT_THAT(named("my_azure azures"), IsEmpty());
  EXPECT_THAT(named("`kube_audit`,EKS"), ElementsAre("kubernetes", "aws"));
}

}  // namespace
}  // namespace nepho::inventory
