#include "text/line_needles.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/cases.h"
#include "text/json_index.h"

namespace nepho::text {
namespace {

using Kind = LineNeedles::Hit::Kind;

// "name@3 end@9"
std::string told(const std::vector<LineNeedles::Hit>& hits) {
  std::string text;
  for (const auto& hit : hits) {
    static constexpr const char* kKinds[] = {"name", "escape", "end"};
    text += (text.empty() ? "" : " ") + std::string(kKinds[static_cast<int>(hit.kind)]) + "@" +
            std::to_string(hit.position);
  }
  return text;
}

std::string found(const LineNeedles& needles, std::string text) {
  std::vector<LineNeedles::Hit> hits;
  needles.find(text, hits);
  return told(hits);
}

TEST(LineNeedles, FindsNamesInAnyCaseAndWhateverStandsAround) {
  const LineNeedles needles({"eventName", "action"});
  EXPECT_EQ(found(needles, R"({"eventName":"x"})"), "name@2");
  EXPECT_EQ(found(needles, R"({"EVENTNAME":1,"my_action_s":2})"), "name@2 name@19");
  EXPECT_EQ(found(needles, "eventNam"), "");
}

TEST(LineNeedles, FindsLineEndsAndEscapesOfUnicodeOnly) {
  const LineNeedles needles({"action"});
  EXPECT_EQ(found(needles, "a\n\\u0041\\n\\\"\n"), "end@1 escape@2 end@12");
  EXPECT_EQ(found(needles, "\\"), "");
}

TEST(LineNeedles, TellsANameInALongerOne) {
  const LineNeedles needles({"name", "eventname"});
  EXPECT_EQ(found(needles, "eventName"), "name@0 name@5");
}

TEST(LineNeedles, TakesNoNameWithOtherEndsThanLetters) {
  EXPECT_TRUE(LineNeedles::takes("event_name2x"));
  for (const char* name : {"", "a", "a1", "_ab", "na\xC3\xAFve"}) {
    EXPECT_FALSE(LineNeedles::takes(name)) << name;
  }
  EXPECT_FALSE(LineNeedles::takes(std::string(LineNeedles::kMostBytes + 1, 'a')));
}

TEST(LineNeedles, GivesTheSameQuicklyAndPlainly) {
  std::mt19937 random(9);
  static constexpr std::string_view kPieces[] = {
      "eventName", "EVENTNAME", "eventNam", "action",     "actio",   "\\u",
      "\\",        "\n",        "\xC3\xA9", "Event name", "event n", "aaaaaaaaaaaaaaaaaaaaaaaa",
      "operation", "n"};
  // One to as many as there may be; two of them share their rarest letter and its place.
  const LineNeedles all[] = {LineNeedles({"action"}), LineNeedles({"eventname", "action"}),
                             LineNeedles({"eventname", "action", "event name"}),
                             LineNeedles({"operation", "event name", "action", "eventname"})};
  std::size_t num_hits = 0;
  const int num_rounds = tests::num_cases(20'000);
  for (int round = 0; round < num_rounds; ++round) {
    std::string text;
    for (unsigned i = 0; i < random() % 40; ++i) text += kPieces[random() % std::size(kPieces)];
    std::vector<LineNeedles::Hit> quick;
    std::vector<LineNeedles::Hit> plain;
    const LineNeedles& needles = all[round % std::size(all)];
    needles.find(text, quick);
    needles.find_plain(text, plain);
    ASSERT_EQ(told(quick), told(plain)) << text;
    ASSERT_EQ(quick, plain);
    num_hits += plain.size();
  }
  EXPECT_GT(num_hits, static_cast<std::size_t>(num_rounds));
}

}  // namespace
}  // namespace nepho::text
