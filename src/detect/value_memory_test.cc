#include "detect/value_memory.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::detect {
namespace {

using text::JsonType;
using Rules = std::vector<std::uint32_t>;

TEST(ValueMemory, KnowsAValueOnceItIsAdded) {
  ValueMemory memory;
  EXPECT_EQ(memory.find(JsonType::kString, "kali"), nullptr);
  EXPECT_EQ(memory.add(JsonType::kString, "kali", {3, 1}), (Rules{3, 1}));
  EXPECT_EQ(memory.add(JsonType::kString, "", {}), Rules{});
  ASSERT_NE(memory.find(JsonType::kString, "kali"), nullptr);
  EXPECT_EQ(*memory.find(JsonType::kString, "kali"), (Rules{3, 1}));
  ASSERT_NE(memory.find(JsonType::kString, ""), nullptr);
  EXPECT_EQ(memory.find(JsonType::kString, "Kali"), nullptr);
}

TEST(ValueMemory, KeepsTheSameTextOfTwoTypesApart) {
  ValueMemory memory;
  memory.add(JsonType::kString, "404", {1});
  EXPECT_EQ(memory.find(JsonType::kNumber, "404"), nullptr);
  memory.add(JsonType::kNumber, "404", {2});
  EXPECT_EQ(*memory.find(JsonType::kString, "404"), Rules{1});
  EXPECT_EQ(*memory.find(JsonType::kNumber, "404"), Rules{2});
}

TEST(ValueMemory, BeginsAnewWhenItIsFull) {
  ValueMemory memory;
  for (std::size_t i = 0; i < ValueMemory::kMost; ++i) {
    memory.add(JsonType::kString, std::to_string(i), {static_cast<std::uint32_t>(i)});
  }
  EXPECT_EQ(*memory.find(JsonType::kString, "7"), Rules{7});
  memory.add(JsonType::kString, "one more", {1});
  EXPECT_EQ(memory.find(JsonType::kString, "7"), nullptr);
  EXPECT_EQ(*memory.find(JsonType::kString, "one more"), Rules{1});
}

}  // namespace
}  // namespace nepho::detect
