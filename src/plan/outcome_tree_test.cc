#include "plan/outcome_tree.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace nepho::plan {
namespace {

using Tree = OutcomeTree<int>;
using Places = std::map<std::uint32_t, std::uint64_t>;

std::optional<int> follow(const Tree& tree, const Places& places) {
  return tree.follow([&](std::uint32_t place) -> std::optional<std::uint64_t> {
    const auto there = places.find(place);
    return there == places.end() ? std::nullopt : std::optional(there->second);
  });
}

TEST(OutcomeTree, KnowsWhatWasDecidedByTheSameOutcomes) {
  Tree tree;
  EXPECT_EQ(follow(tree, {{1, 10}}), std::nullopt);
  tree.add(std::vector<Tree::Outcome>{{1, 10}, {2, 0}}, 5);
  tree.add(std::vector<Tree::Outcome>{{1, 11}, {3, 1}}, 6);
  tree.add(std::vector<Tree::Outcome>{{1, 12}}, 7);
  EXPECT_EQ(follow(tree, {{1, 10}, {2, 0}}), 5);
  EXPECT_EQ(follow(tree, {{1, 11}, {3, 1}}), 6);
  EXPECT_EQ(follow(tree, {{1, 12}}), 7);
  EXPECT_EQ(follow(tree, {{1, 10}, {2, 1}}), std::nullopt);
  EXPECT_EQ(follow(tree, {{1, 10}, {3, 0}}), std::nullopt);
  EXPECT_EQ(follow(tree, {{1, 13}}), std::nullopt);
}

TEST(OutcomeTree, MayDecideWithoutALook) {
  Tree tree;
  tree.add({}, 4);
  EXPECT_EQ(follow(tree, {}), 4);
  tree.clear();
  EXPECT_EQ(follow(tree, {}), std::nullopt);
}

// However many outcomes come, what is known is right, and the last one is known.
TEST(OutcomeTree, ForgetsButNeverErrs) {
  const auto looks = [](const Places& places) {
    std::vector<Tree::Outcome> outcomes;
    std::uint32_t place = 0;
    for (int i = 0; i < 3; ++i) {
      outcomes.push_back({place, places.at(place)});
      place = 1 + static_cast<std::uint32_t>(places.at(place) + place) % 8;
    }
    return outcomes;
  };
  std::mt19937 random(5);
  Tree tree;
  int known = 0;
  for (int round = 0; round < 20'000; ++round) {
    Places places;
    for (std::uint32_t place = 0; place < 9; ++place) places[place] = random() % 12;
    const auto outcomes = looks(places);
    const auto decision = static_cast<int>(outcomes.back().what + 100 * outcomes[0].what);
    if (const auto before = follow(tree, places)) {
      EXPECT_EQ(*before, decision);
      ++known;
    }
    tree.add(outcomes, decision);
    EXPECT_EQ(follow(tree, places), decision);
  }
  EXPECT_GT(known, 100);
}

}  // namespace
}  // namespace nepho::plan
