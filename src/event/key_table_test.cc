#include "event/key_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace nepho::event {
namespace {

// A key with 32 readable bytes and more behind it, as in a record; what they are must not matter.
class PaddedKey {
 public:
  PaddedKey(std::string_view key, char behind) : text_(key), size_(key.size()) {
    text_.append(64, behind);
  }
  std::string_view view() const { return std::string_view(text_).substr(0, size_); }

 private:
  std::string text_;
  std::size_t size_;
};

// Keys of all lengths around those that are compared in one piece (8, 16 and 32 bytes), of few
// letters, so that many begin alike.
std::string random_key(std::mt19937& random) {
  std::string key;
  for (std::size_t i = random() % 40; i > 0; --i) key += static_cast<char>('a' + random() % 2);
  return key;
}

TEST(KeyTable, FindsWhatAMapFindsWhateverStandsBehindTheKey) {
  std::mt19937 random(20261128);
  KeyTable table;
  std::map<std::string, std::uint32_t> numbers;
  for (int i = 0; i < 3'000; ++i) {
    const std::string key = random_key(random);
    const auto [known, is_new] = numbers.emplace(key, static_cast<std::uint32_t>(numbers.size()));
    EXPECT_EQ(table.add(key), known->second) << key;
  }
  ASSERT_EQ(table.size(), numbers.size());
  for (int i = 0; i < 10'000; ++i) {
    const std::string key = random_key(random);
    const auto known = numbers.find(key);
    const std::uint32_t wanted = known == numbers.end() ? KeyTable::kAbsent : known->second;
    EXPECT_EQ(table.find(key), wanted) << key;
    EXPECT_EQ(table.find_padded(PaddedKey(key, '"').view()), wanted) << key;
    EXPECT_EQ(table.find_padded(PaddedKey(key, 'a').view()), wanted) << key;
  }
  for (const auto& [key, number] : numbers) EXPECT_EQ(table.key(number), key);
}

TEST(KeyTable, FindsNothingWhenEmpty) {
  EXPECT_EQ(KeyTable().find("a"), KeyTable::kAbsent);
  EXPECT_EQ(KeyTable().find_padded(PaddedKey("a", 'x').view()), KeyTable::kAbsent);
}

TEST(KeyTable, AKeyIsRareUnlessItIsUsualSomewhere) {
  KeyTable table;
  const auto rare = table.add("rare", KeyTable::Use::kRare);
  const auto both = table.add("both", KeyTable::Use::kRare);
  const auto plain = table.add("plain");
  EXPECT_EQ(table.add("both", KeyTable::Use::kUsual), both);
  EXPECT_EQ(table.add("both", KeyTable::Use::kRare), both);
  EXPECT_TRUE(table.is_rare(rare));
  EXPECT_FALSE(table.is_rare(both));
  EXPECT_FALSE(table.is_rare(plain));
}

}  // namespace
}  // namespace nepho::event
