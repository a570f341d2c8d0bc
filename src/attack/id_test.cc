#include "attack/id.h"

#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

TEST(TechniqueId, IsReadInEitherCaseAndKeptInUpper) {
  EXPECT_EQ(parse_technique_id("t1078.004"), TechniqueId{"T1078.004"});
  EXPECT_EQ(parse_technique_id("T1078"), TechniqueId{"T1078"});
}

TEST(TechniqueId, RefusesEverythingThatOnlyLooksLikeOne) {
  for (const char* text : {"", "T", "T107", "T10780", "T1078.", "T1078.04", "T1078.0041",
                           "T1078/004", "TA0005", " T1078", "T1078 ", "1078", "T1078.00a"}) {
    EXPECT_FALSE(parse_technique_id(text)) << text;
  }
}

TEST(TechniqueId, KnowsItsParent) {
  EXPECT_EQ(parent_of(TechniqueId{"T1078.004"}), TechniqueId{"T1078"});
  EXPECT_EQ(parent_of(TechniqueId{"T1078"}), TechniqueId{"T1078"});
  EXPECT_TRUE(is_subtechnique(TechniqueId{"T1078.004"}));
  EXPECT_FALSE(is_subtechnique(TechniqueId{"T1078"}));
}

TEST(TechniqueId, SortsSubsBehindTheirParent) {
  EXPECT_LT(TechniqueId{"T1078"}, TechniqueId{"T1078.001"});
  EXPECT_LT(TechniqueId{"T1078.004"}, TechniqueId{"T1079"});
}

TEST(TacticId, IsReadInEitherCase) {
  EXPECT_EQ(parse_tactic_id("ta0005"), TacticId{"TA0005"});
  for (const char* text : {"TA005", "TA00055", "T1005", "TA000x", ""}) {
    EXPECT_FALSE(parse_tactic_id(text)) << text;
  }
}

}  // namespace
}  // namespace nepho::attack
