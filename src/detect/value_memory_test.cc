#include "detect/value_memory.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::detect {
namespace {

using text::JsonType;
using Rules = std::vector<std::uint32_t>;

constexpr HashKey kKey{7};

// As values, to compare.
std::optional<Rules> rules_of(const ValueMemory& memory, std::string_view text,
                              JsonType type = JsonType::kString) {
  const auto rules = memory.find(type, text);
  if (!rules) return std::nullopt;
  return Rules(rules->begin(), rules->end());
}

void add(ValueMemory& memory, std::string_view text, const Rules& rules,
         JsonType type = JsonType::kString) {
  memory.add(type, text, rules);
}

TEST(ValueMemory, KnowsAValueOnceItIsAdded) {
  ValueMemory memory(kKey);
  EXPECT_EQ(rules_of(memory, "kali"), std::nullopt);
  add(memory, "kali", {3, 1});
  add(memory, "", {});
  EXPECT_EQ(rules_of(memory, "kali"), (Rules{3, 1}));
  EXPECT_EQ(rules_of(memory, ""), Rules{});
  EXPECT_EQ(rules_of(memory, "Kali"), std::nullopt);
}

TEST(ValueMemory, KeepsTheSameTextOfTwoTypesApart) {
  ValueMemory memory(kKey);
  add(memory, "404", {1});
  EXPECT_EQ(rules_of(memory, "404", JsonType::kNumber), std::nullopt);
  add(memory, "404", {2}, JsonType::kNumber);
  EXPECT_EQ(rules_of(memory, "404"), Rules{1});
  EXPECT_EQ(rules_of(memory, "404", JsonType::kNumber), Rules{2});
}

TEST(ValueMemory, KnowsAllThatItTookWhileItGrew) {
  ValueMemory memory(kKey);
  for (std::uint32_t i = 0; i < ValueMemory::kMost; ++i) {
    add(memory, std::to_string(i), Rules(i % 3, i));
  }
  for (std::uint32_t i = 0; i < ValueMemory::kMost; ++i) {
    ASSERT_EQ(rules_of(memory, std::to_string(i)), Rules(i % 3, i));
  }
}

TEST(ValueMemory, BeginsAnewWhenItIsFull) {
  ValueMemory memory(kKey);
  for (std::uint32_t i = 0; i < ValueMemory::kMost; ++i) add(memory, std::to_string(i), {i});
  EXPECT_EQ(rules_of(memory, "7"), Rules{7});
  add(memory, "one more", {1});
  EXPECT_EQ(rules_of(memory, "7"), std::nullopt);
  EXPECT_EQ(rules_of(memory, "one more"), Rules{1});
}

TEST(ValueMemory, BeginsAnewWhenItsRulesAreManyTooMany) {
  ValueMemory memory(kKey);
  const Rules many(ValueMemory::kMostRules / 4, 9);
  for (int i = 0; i < 4; ++i) add(memory, std::to_string(i), many);
  EXPECT_EQ(rules_of(memory, "0"), many);
  add(memory, "one more", {1});
  EXPECT_EQ(rules_of(memory, "0"), std::nullopt);
  EXPECT_EQ(rules_of(memory, "one more"), Rules{1});
}

}  // namespace
}  // namespace nepho::detect
