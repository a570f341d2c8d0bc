#include "detect/seen_events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace nepho::detect {
namespace {

TEST(SeenEvents, TellsARepeatWithinOneSpanAndAcrossSpans) {
  SeenEvents seen;
  std::vector<bool> repeated;
  seen.add(std::vector<std::uint64_t>{3, 5, 3}, repeated);
  EXPECT_EQ(repeated, (std::vector<bool>{false, false, true}));
  seen.add(std::vector<std::uint64_t>{5, 7}, repeated);
  EXPECT_EQ(repeated, (std::vector<bool>{true, false}));
}

TEST(SeenEvents, RemembersAtLeastAWindowAndAtMostTwo) {
  SeenEvents seen(100);
  std::vector<bool> repeated;
  const auto is_new = [&](std::uint64_t value) {
    seen.add(std::vector<std::uint64_t>{value}, repeated);
    return !repeated[0];
  };
  for (std::uint64_t value = 1; value <= 200; ++value) EXPECT_TRUE(is_new(2 * value + 1));
  EXPECT_FALSE(is_new(2 * 101 + 1));
  for (std::uint64_t value = 201; value <= 400; ++value) is_new(2 * value + 1);
  EXPECT_TRUE(is_new(2 * 101 + 1));
}

TEST(SeenEvents, AgreesWithASetWhileNothingIsForgotten) {
  std::mt19937_64 random(3);
  SeenEvents seen(100'000);
  std::set<std::uint64_t> expected;
  std::vector<bool> repeated;
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint64_t> values;
    for (int i = 0; i < 1'000; ++i) values.push_back((random() % 30'000) << 40U | 1U);
    seen.add(values, repeated);
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(repeated[i], !expected.insert(values[i]).second);
  }
}

TEST(SeenEvents, AreKeptForAnotherRun) {
  SeenEvents seen(100);
  std::vector<std::uint64_t> values;
  for (std::uint64_t value = 0; value < 150; ++value) values.push_back(2 * value + 1);
  std::vector<bool> repeated;
  seen.add(values, repeated);
  SeenEvents other(100);
  other.restore(seen.kept());
  other.add(values, repeated);
  EXPECT_EQ(std::ranges::count(repeated, true), 150);
  // What was the latest is not forgotten before the earlier ones.
  for (std::uint64_t value = 1'000; value < 1'060; ++value) {
    other.add(std::vector<std::uint64_t>{2 * value + 1}, repeated);
  }
  other.add(std::span(values).subspan(120), repeated);
  EXPECT_EQ(std::ranges::count(repeated, true), 30);
}

TEST(SeenEvents, TakesBackWhatCameSinceItsMark) {
  SeenEvents seen(4);
  std::vector<bool> repeated;
  seen.add(std::vector<std::uint64_t>{1, 3, 5}, repeated);
  seen.mark();
  seen.add(std::vector<std::uint64_t>{3, 7, 9, 11}, repeated);
  seen.take_back();
  seen.add(std::vector<std::uint64_t>{1, 7, 3, 11, 5, 9}, repeated);
  EXPECT_EQ(repeated, (std::vector<bool>{true, false, true, false, true, false}));
}

}  // namespace
}  // namespace nepho::detect
