#include "text/word_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace nepho::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::size_t> found(const std::vector<NumberedWord>& words, std::string_view text) {
  return WordIndex(words).in(text);
}

TEST(WordIndex, FindsWholeWordsInAnyCase) {
  const std::vector<NumberedWord> words{{"CreateUser", 1}, {"iam/roles", 2}, {".bashrc", 3}};
  EXPECT_THAT(found(words, "x createuser IAM/ROLES"), ElementsAre(1, 2));
  EXPECT_THAT(found(words, "CreateUsers MyCreateUser CreateUser_"), IsEmpty());
  EXPECT_THAT(found(words, "/root/.bashrc"), ElementsAre(3));
  EXPECT_THAT(found({}, "CreateUser"), IsEmpty());
}

TEST(WordIndex, TheLongestOfTwoCountsAloneAndOneWordMayHaveSeveralNumbers) {
  const std::vector<NumberedWord> words{{"a b", 1}, {"a b c", 2}, {"b", 3}, {"a b c", 4}};
  EXPECT_THAT(found(words, "a b c"), ElementsAre(2, 4));
  EXPECT_THAT(found(words, "a b d"), ElementsAre(1));
  EXPECT_THAT(found(words, "b a b c"), ElementsAre(2, 3, 4));
}

TEST(WordIndex, AStarMeansHowAWordBegins) {
  const std::vector<NumberedWord> words{{"List*", 1}};
  EXPECT_THAT(found(words, "ListUsers"), ElementsAre(1));
  EXPECT_THAT(found(words, "AllowList"), IsEmpty());
}

// Against looking for each word at each place.
TEST(WordIndex, AgreesWithTheNaiveSearch) {
  std::mt19937 random(11);
  const auto letters = [&](std::size_t most) {
    std::string text(1 + random() % most, ' ');
    for (char& c : text) c = "aB/ _"[random() % 5];
    return text;
  };
  const auto is_word = [](char c) { return c != '/' && c != ' '; };
  for (int round = 0; round < 3000; ++round) {
    std::vector<NumberedWord> words;
    for (std::size_t i = 0; i < 6; ++i) words.emplace_back(letters(4), i);
    const std::string written = letters(16);
    const std::string_view text(written);
    std::set<std::size_t> expected;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t longest = 0;
      std::set<std::size_t> here;
      for (const auto& [word, number] : words) {
        const std::size_t end = at + word.size();
        const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
        if (end > text.size() || !std::ranges::equal(text.substr(at, word.size()), word, same))
          continue;
        if (at > 0 && is_word(text[at - 1]) && is_word(text[at])) continue;
        if (end < text.size() && is_word(text[end - 1]) && is_word(text[end])) continue;
        if (word.size() > longest) here.clear();
        if (word.size() >= longest) here.insert(number);
        longest = std::max(longest, word.size());
      }
      expected.merge(here);
      at += std::max<std::size_t>(longest, 1);
    }
    EXPECT_EQ(WordIndex(words).in(text), std::vector(expected.begin(), expected.end()))
        << '\'' << text << '\'';
  }
}

}  // namespace
}  // namespace nepho::text
