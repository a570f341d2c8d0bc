#include "alert/text_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::alert {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> techniques_in(std::string_view text) {
  std::vector<std::string> found;
  add_techniques(text, found);
  return found;
}

std::vector<std::string> uuids_in(std::string_view text) {
  std::vector<std::string> found;
  add_uuids(text, found);
  return found;
}

TEST(TextValues, TechniquesAreFoundHoweverTheyAreWritten) {
  EXPECT_THAT(techniques_in("T1078, T1098.001"), ElementsAre("T1078", "T1098.001"));
  EXPECT_THAT(techniques_in(R"(["t1078/004"])"), ElementsAre("T1078.004"));
  EXPECT_THAT(techniques_in("attack.t1136.003|T1136.003"), ElementsAre("T1136.003"));
  EXPECT_THAT(techniques_in("T1078.0"), ElementsAre("T1078"));
}

TEST(TextValues, WhatOnlyLooksLikeATechniqueIsNone) {
  for (const char* text : {"", "T107", "XT1078", "T10789", "T1078a", "TA0005", "T1078.0045"}) {
    EXPECT_THAT(techniques_in(text), IsEmpty()) << text;
  }
}

TEST(TextValues, TheParentOfANamedSubIsNotNamed) {
  std::vector<std::string> techniques{"T1078", "T1098", "T1098.001", "T1098.003", "T1136"};
  keep_most_exact(techniques);
  EXPECT_THAT(techniques, ElementsAre("T1078", "T1098.001", "T1098.003", "T1136"));
}

TEST(TextValues, UuidsAreFoundInAnyText) {
  EXPECT_THAT(uuids_in("[stratus-red-team_2E0EF2D0-1d7c-4b0c-a9a6-0d4d0a3f2b11]"),
              ElementsAre("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"));
  EXPECT_THAT(uuids_in("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b1"), IsEmpty());
  EXPECT_THAT(uuids_in("12e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"), IsEmpty());
  EXPECT_THAT(uuids_in("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11a"), IsEmpty());
  EXPECT_THAT(uuids_in("a-2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11-b"),
              ElementsAre("2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11"));
}

TEST(TextValues, TextsAreCutBetweenCharacters) {
  std::string long_text(kMaxTextBytes - 1, 'a');
  long_text += "\xC3\xA4";
  EXPECT_EQ(bounded(long_text).size(), kMaxTextBytes - 1);
  EXPECT_EQ(bounded("  a b \n"), "a b");
  EXPECT_EQ(bounded("a\xFF"
                    "b"),
            "a");
}

TEST(TextValues, ListsAreBoundedAndWithoutRepeats) {
  std::vector<std::string> values;
  for (int i = 0; i < 1000; ++i) add_value(std::to_string(i % 500), values);
  EXPECT_EQ(values.size(), kMaxValues);
}

}  // namespace
}  // namespace nepho::alert
