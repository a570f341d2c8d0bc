#include "detect/group_table.h"

#include <gtest/gtest.h>

#include <list>
#include <random>

namespace nepho::detect {
namespace {

struct Number {
  int value = 0;
};
using Table = GroupTable<Number>;

TEST(GroupTable, FindsWhatWasAdded) {
  Table table(HashKey{1});
  EXPECT_EQ(table.find("a", table.hash("a")), nullptr);
  table.add("a", table.hash("a")).state.value = 7;
  ASSERT_NE(table.find("a", table.hash("a")), nullptr);
  EXPECT_EQ(table.find("a", table.hash("a"))->state.value, 7);
  EXPECT_EQ(table.find("b", table.hash("b")), nullptr);
}

TEST(GroupTable, KeysOfOneHashAreToldApart) {
  Table table(HashKey{1});
  table.add("a", 5).state.value = 1;
  table.add("b", 5).state.value = 2;
  EXPECT_EQ(table.find("a", 5)->state.value, 1);
  EXPECT_EQ(table.find("b", 5)->state.value, 2);
  EXPECT_EQ(table.find("c", 5), nullptr);
}

TEST(GroupTable, TheOneUsedLongestAgoLeavesFirst) {
  Table table(HashKey{1});
  for (const char* key : {"a", "b", "c"}) table.add(key, table.hash(key));
  table.touch(*table.find("a", table.hash("a")));
  EXPECT_EQ(table.oldest().key, "b");
  table.remove_oldest();
  EXPECT_EQ(table.find("b", table.hash("b")), nullptr);
  std::string order;
  table.each([&](const auto& group) { order += group.key; });
  EXPECT_EQ(order, "ca");
}

TEST(GroupTable, ALeavingGroupLeavesNothingBehind) {
  Table table(HashKey{1});
  table.add("a", table.hash("a")).state.value = 7;
  table.remove_oldest();
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.add("a", table.hash("a")).state.value, 0);
}

// Against a list, with keys of few hashes so that they collide and move.
TEST(GroupTable, BehavesLikeAListOnRandomSteps) {
  std::mt19937 random(3);
  Table table(HashKey{2});
  std::list<std::string> expected;  // by last use
  for (int step = 0; step < 50'000; ++step) {
    const std::string key = std::to_string(random() % 300);
    const std::uint64_t hash = (table.hash(key) % 16) << 32U;
    const auto known = std::ranges::find(expected, key);
    Group<Number>* found = table.find(key, hash);
    ASSERT_EQ(found != nullptr, known != expected.end());
    if (found != nullptr) {
      ASSERT_EQ(found->key, key);
      table.touch(*found);
      expected.splice(expected.end(), expected, known);
    } else {
      table.add(key, hash);
      expected.push_back(key);
    }
    ASSERT_EQ(table.size(), expected.size());
    ASSERT_EQ(table.oldest().key, expected.front());
  }
}

TEST(GroupTable, ManyComeAndGo) {
  std::mt19937 random(4);
  Table table(HashKey{3});
  std::list<std::string> expected;
  for (int step = 0; step < 50'000; ++step) {
    if (random() % 2 == 0 || expected.empty()) {
      const std::string key = std::to_string(step);
      table.add(key, table.hash(key));
      expected.push_back(key);
    } else {
      table.remove_oldest();
      expected.pop_front();
    }
    ASSERT_EQ(table.size(), expected.size());
  }
  for (const std::string& key : expected)
    ASSERT_NE(table.find(key, table.hash(key)), nullptr) << key;
}

}  // namespace
}  // namespace nepho::detect
