#include "evidence/words.h"

#include <gtest/gtest.h>

namespace nepho::evidence {
namespace {

// Every word is read back to the value it was written from.
template <typename Enum>
void expect_round_trip(std::size_t num_words) {
  const auto words = words_of<Enum>();
  ASSERT_EQ(words.size(), num_words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(to_string(value), words[i]);
    EXPECT_EQ(parse<Enum>(words[i]), value);
  }
}

TEST(Words, EveryWordIsReadBack) {
  expect_round_trip<Kind>(kNumKinds);
  expect_round_trip<Outcome>(static_cast<std::size_t>(Outcome::kError) + 1);
  expect_round_trip<Verdict>(static_cast<std::size_t>(Verdict::kError) + 1);
  expect_round_trip<Observable>(static_cast<std::size_t>(Observable::kNo) + 1);
}

// The words are part of the JSON form, so that a slip of a table's row would change files.
TEST(Words, AreThoseOfTheJsonForm) {
  EXPECT_EQ(to_string(Kind::kLive), "live");
  EXPECT_EQ(to_string(Outcome::kBlocked), "blocked");
  EXPECT_EQ(to_string(Verdict::kAlertedOther), "alerted_other");
  EXPECT_EQ(to_string(Verdict::kAlsoBenign), "also_benign");
  EXPECT_EQ(to_string(Observable::kPartly), "partly");
}

TEST(Words, OtherTextIsNoWord) {
  EXPECT_EQ(parse<Kind>(""), std::nullopt);
  EXPECT_EQ(parse<Kind>("Live"), std::nullopt);
  EXPECT_EQ(parse<Outcome>("no_alert"), std::nullopt) << "a verdict is no outcome";
}

}  // namespace
}  // namespace nepho::evidence
