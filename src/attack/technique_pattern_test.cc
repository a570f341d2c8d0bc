#include "attack/technique_pattern.h"

#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

TEST(TechniquePattern, ParentAloneDoesNotMeanItsSubs) {
  EXPECT_TRUE(matches_pattern("T1137", TechniqueId{"T1137"}));
  EXPECT_FALSE(matches_pattern("T1137", TechniqueId{"T1137.001"}));
}

TEST(TechniquePattern, StarMeansTheSubsAndNotTheParent) {
  EXPECT_TRUE(matches_pattern("T1137.*", TechniqueId{"T1137.001"}));
  EXPECT_FALSE(matches_pattern("T1137.*", TechniqueId{"T1137"}));
  EXPECT_FALSE(matches_pattern("T1137.*", TechniqueId{"T1138.001"}));
}

TEST(TechniquePattern, HasThreeForms) {
  for (const char* text : {"T1137", "T1137.001", "T1137.*"}) {
    EXPECT_TRUE(is_technique_pattern(text)) << text;
  }
  for (const char* text : {"T11*", "*", "T1137.001.*", "t1137", "T1137.**", ""}) {
    EXPECT_FALSE(is_technique_pattern(text)) << text;
  }
}

}  // namespace
}  // namespace nepho::attack
