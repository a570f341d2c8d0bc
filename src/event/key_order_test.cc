#include "event/key_order.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace nepho::event {
namespace {

// Gives each key its number, and counts how often a table is asked.
class Asked {
 public:
  std::uint32_t next(KeyOrder& order, const std::string& key) {
    const std::string padded = key + std::string(text::kShortTextBytes, '"');
    return order.next(std::string_view(padded).substr(0, key.size()), [this](std::string_view k) {
      ++times;
      return number_of(k);
    });
  }
  static std::uint32_t number_of(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }
  int times = 0;
};

int times_asked(KeyOrder& order, const std::vector<std::string>& keys) {
  Asked asked;
  order.begin();
  for (const std::string& key : keys) EXPECT_EQ(asked.next(order, key), Asked::number_of(key));
  return asked.times;
}

TEST(KeyOrder, AsksForTheKeysOfARowOnce) {
  KeyOrder order;
  EXPECT_EQ(times_asked(order, {"eventVersion", "userIdentity", "eventTime"}), 3);
  EXPECT_EQ(times_asked(order, {"eventVersion", "userIdentity", "eventTime"}), 0);
  EXPECT_EQ(times_asked(order, {"eventVersion", "eventTime"}), 1);
  EXPECT_EQ(times_asked(order, {"eventVersion", "userIdentity", "eventTime"}), 0);
  EXPECT_EQ(times_asked(order, {"eventVersion", "eventTime"}), 0);
}

TEST(KeyOrder, KeepsKeysApartThatBeginAlike) {
  KeyOrder order;
  times_asked(order, {"event"});
  EXPECT_EQ(times_asked(order, {"eventTime"}), 1);
  EXPECT_EQ(times_asked(order, {""}), 1);
  EXPECT_EQ(times_asked(order, {"even"}), 1);
}

TEST(KeyOrder, LooksLongKeysUpEachTime) {
  KeyOrder order;
  const std::string longest(text::kShortTextBytes, 'a');
  times_asked(order, {longest, longest + "b", "c"});
  EXPECT_EQ(times_asked(order, {longest, longest + "b", "c"}), 1);
}

TEST(KeyOrder, NumbersEachRowAndNoOther) {
  KeyOrder order;
  const auto row = [&](const std::vector<std::string>& keys) {
    times_asked(order, keys);
    return order.row();
  };
  const std::uint64_t both = row({"a", "b"});
  EXPECT_NE(both, 0U);
  EXPECT_EQ(row({"a", "b"}), both);
  EXPECT_NE(row({"a"}), both);
  EXPECT_NE(row({"b", "a"}), both);
  EXPECT_NE(row({"a", "b", "b"}), both);
  EXPECT_NE(row({}), 0U);
  EXPECT_EQ(row({"a", std::string(text::kShortTextBytes + 1, 'b')}), 0U);
  EXPECT_EQ(row({"a", "b"}), both);
}

TEST(KeyOrder, NumbersNoRowAsAnotherOrderDoes) {
  KeyOrder outer;
  KeyOrder inner;
  times_asked(outer, {"a", "b"});
  times_asked(inner, {"c", "d"});
  EXPECT_NE(outer.row(), inner.row());
}

TEST(KeyOrder, NumbersNoRowInWhichItForgot) {
  KeyOrder order;
  std::vector<std::string> keys;
  for (int i = 0; i < 3'000; ++i) keys.push_back("k" + std::to_string(i));
  times_asked(order, keys);
  EXPECT_EQ(order.row(), 0U);
}

TEST(KeyOrder, NumbersNoRowOfKeysThatItGaveUp) {
  KeyOrder order;
  times_asked(order, {"a", "b"});
  std::set<std::uint64_t> rows = {order.row()};
  for (int i = 0; i < 10'000; ++i) {
    times_asked(order, {"a", "b", "k" + std::to_string(i % 7), "k" + std::to_string(i)});
    const bool is_new = order.row() == 0 || rows.insert(order.row()).second;
    EXPECT_TRUE(is_new) << i;
  }
  EXPECT_GT(rows.size(), 2U);
}

// An attacker's records never have the same key twice: memory and work stay bounded, and what is
// told of a key stays right.
TEST(KeyOrder, StaysBoundedAndRightOnKeysThatNeverRepeat) {
  KeyOrder order;
  std::mt19937 random(5);
  for (int record = 0; record < 3000; ++record) {
    std::vector<std::string> keys;
    for (int i = 0; i < 20; ++i) keys.push_back("k" + std::to_string(random() % 1'000'000));
    times_asked(order, keys);
  }
  times_asked(order, {"eventVersion", "eventTime"});
  times_asked(order, {"eventVersion", "eventTime"});
}

}  // namespace
}  // namespace nepho::event
