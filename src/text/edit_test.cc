#include "text/edit.h"

#include <gtest/gtest.h>

#include <chrono>

namespace nepho::text {
namespace {

TEST(Edit, ChangesItsPlacesAndNothingElse) {
  EXPECT_EQ(apply_edits("a b c", {{4, 1, "Z"}, {0, 1, "XY"}}), "XY b Z");
  EXPECT_EQ(apply_edits("abc", {{1, 1, ""}}), "ac");
  EXPECT_EQ(apply_edits("abc", {{3, 0, "d"}}), "abcd");
  EXPECT_EQ(apply_edits("abc", {}), "abc");
}

TEST(Edit, ShowsTheLinesItChanges) {
  EXPECT_EQ(diff_of_edits("one\ntwo\nthree\n", {{4, 3, "2"}}), "@@ -2 +2 @@\n-two\n+2\n");
}

TEST(Edit, CountsLinesOnBothSidesWhenOneGoesOrComes) {
  EXPECT_EQ(diff_of_edits("one\ntwo\nthree\nfour", {{4, 4, ""}, {14, 4, "4\n5"}}),
            "@@ -2 +2,0 @@\n-two\n@@ -4 +3,2 @@\n-four\n+4\n+5\n");
}

TEST(Edit, JoinsChangesOfLinesThatTouch) {
  EXPECT_EQ(diff_of_edits("a\nb\nc\nd\n", {{0, 1, "x"}, {2, 1, "y"}, {6, 1, "z"}}),
            "@@ -1,2 +1,2 @@\n-a\n-b\n+x\n+y\n@@ -4 +4 @@\n-d\n+z\n");
}

TEST(Edit, ShowsTwoChangesOfALineOnce) {
  EXPECT_EQ(diff_of_edits("a b\n", {{0, 1, "x"}, {2, 1, "y"}}), "@@ -1 +1 @@\n-a b\n+x y\n");
}

TEST(Edit, ShowsNothingWhereNothingChanges) {
  EXPECT_EQ(diff_of_edits("a\n", {}), "");
  EXPECT_EQ(diff_of_edits("a\n", {{0, 1, "a"}}), "");
}

TEST(Edit, ShowsManyChangesOfOneLongLineInLinearTime) {
  constexpr std::size_t kEdits = 100'000;
  std::string line;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < kEdits; ++i) {
    edits.push_back({line.size(), 5, "T1685"});
    line += "T1562, and something else to make the line long; ";
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::string diff = diff_of_edits(line, edits);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_TRUE(diff.starts_with("@@ -1 +1 @@\n-T1562, and"));
  EXPECT_NE(diff.find("\n+T1685, and"), diff.npos);
  EXPECT_LT(took, std::chrono::seconds(10));
}

}  // namespace
}  // namespace nepho::text
