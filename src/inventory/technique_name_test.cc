#include "inventory/technique_name.h"

#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

const attack::Catalogue& catalogue() { return test_references().catalogue; }
const attack::Technique& technique(const std::string& id) {
  return *catalogue().find(attack::TechniqueId{id});
}

TEST(TechniqueName, ASubTechniqueIsNamedAloneOrBehindItsParent) {
  const attack::Technique& cloud = technique("T1078.004");
  for (const char* name : {"Cloud Accounts", "cloud-accounts", "Valid Accounts: Cloud Accounts",
                           "Valid Accounts - Cloud Accounts", "valid-accounts-cloud-accounts"})
    EXPECT_TRUE(is_name_of(name, cloud, catalogue())) << name;
  EXPECT_FALSE(is_name_of("Valid Accounts", cloud, catalogue()));
}

TEST(TechniqueName, IsWrittenAsTheOneItReplaces) {
  const attack::Technique& log = technique("T1685.002");
  EXPECT_EQ(name_like("Disable Cloud Logs", log, catalogue()), "Disable or Modify Cloud Log");
  EXPECT_EQ(name_like("impair-defenses", log, catalogue()), "disable-or-modify-cloud-log");
  EXPECT_EQ(name_like("Impair Defenses: Disable Cloud Logs", log, catalogue()),
            "Disable or Modify Tools: Disable or Modify Cloud Log");
}

TEST(TechniqueName, ATacticKeepsItsForm) {
  const attack::Tactic& tactic = *catalogue().find_tactic("defense-impairment");
  EXPECT_EQ(tactic_like("TA0005", tactic), "TA0112");
  EXPECT_EQ(tactic_like("Defense Evasion", tactic), "Defense Impairment");
  EXPECT_EQ(tactic_like("DefenseEvasion", tactic), "DefenseImpairment");
  EXPECT_EQ(tactic_like("defense_evasion", tactic), "defense_impairment");
  EXPECT_EQ(tactic_like("defense-evasion", tactic), "defense-impairment");
}

}  // namespace
}  // namespace nepho::inventory
