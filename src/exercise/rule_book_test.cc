#include "exercise/rule_book.h"

#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

TEST(RuleBook, ARuleCountsForItsTechniqueAndAsTheParentForItsSubs) {
  EXPECT_TRUE(counts_for({"T1098.003"}, "T1098.003"));
  EXPECT_TRUE(counts_for({"T1098"}, "T1098.003"));
  EXPECT_TRUE(counts_for({"T1136", "T1098"}, "T1098"));
}

TEST(RuleBook, ARuleOfASubCountsForNoSiblingAndNotForTheParent) {
  EXPECT_FALSE(counts_for({"T1098.001"}, "T1098.003"));
  EXPECT_FALSE(counts_for({"T1098.001"}, "T1098"));
  EXPECT_FALSE(counts_for({}, "T1098"));
  EXPECT_FALSE(counts_for({"T109"}, "T1098"));
}

}  // namespace
}  // namespace nepho::exercise
