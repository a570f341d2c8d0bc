#include "text/literal_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/cases.h"

namespace nepho::text {
namespace {

std::vector<std::uint32_t> found_in(const LiteralSet& set, std::string_view text) {
  LiteralSet::Scratch scratch(set);
  std::vector<std::uint32_t> found;
  set.find(text, scratch, found);
  std::sort(found.begin(), found.end());
  return found;
}

TEST(LiteralSet, TellsEachLiteralOnceAndByteForByte) {
  const auto set = LiteralSet::of({"kali", "pacu", "a.c"});
  ASSERT_TRUE(set);
  EXPECT_EQ(found_in(*set, "kali pacu kali"), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(found_in(*set, "KALI abc"), std::vector<std::uint32_t>{});
  EXPECT_EQ(found_in(*set, "xa.cx"), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(found_in(*set, ""), std::vector<std::uint32_t>{});
}

TEST(LiteralSet, FindsWhatASearchForEachFinds) {
  std::mt19937 random(4);
  const auto word = [&random](unsigned most) {
    std::string text;
    for (unsigned i = 0; i < 1 + random() % most; ++i) text += "ab\xC3\xA9.\n\\"[random() % 7];
    return text;
  };
  std::size_t num_found = 0;
  const int num_rounds = tests::num_cases(200);
  for (int round = 0; round < num_rounds; ++round) {
    std::vector<std::string> literals;
    for (unsigned i = 0; i < 1 + random() % 40; ++i) literals.push_back(word(5));
    const auto set = LiteralSet::of(literals);
    ASSERT_TRUE(set);
    for (int i = 0; i < 20; ++i) {
      const std::string text = word(60);
      std::vector<std::uint32_t> expected;
      for (std::uint32_t at = 0; at < literals.size(); ++at) {
        if (text.find(literals[at]) != std::string::npos) expected.push_back(at);
      }
      ASSERT_EQ(found_in(*set, text), expected);
      num_found += expected.size();
    }
  }
  EXPECT_GT(num_found, static_cast<std::size_t>(num_rounds));
}

}  // namespace
}  // namespace nepho::text
