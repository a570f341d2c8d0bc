#include "stream/value_passer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nepho::stream {
namespace {

// How many bytes of `text` belong to its first value, given `piece_size` bytes at a time; and
// whether the value ended.
std::pair<std::size_t, bool> passed(std::string_view text, std::size_t piece_size) {
  ValuePasser passer;
  std::size_t total = 0;
  while (!passer.has_ended() && total < text.size()) {
    const std::string_view piece = text.substr(total, piece_size);
    const std::size_t taken = passer.pass(piece);
    total += taken;
    if (taken < piece.size()) break;
  }
  return {total, passer.has_ended()};
}

TEST(ValuePasser, EndsWhereItsBracketsClose) {
  EXPECT_EQ(passed(R"({"a":[1,{}]},{"b":2})", 100), std::pair(std::size_t{12}, true));
  EXPECT_EQ(passed("[[],[]] x", 100), std::pair(std::size_t{7}, true));
}

TEST(ValuePasser, LooksIntoNoString) {
  EXPECT_EQ(passed(R"({"a":"}]\"}\\"} ,)", 100), std::pair(std::size_t{15}, true));
}

TEST(ValuePasser, TakesAStringForAValue) {
  EXPECT_EQ(passed(R"("a\"b", 1)", 100), std::pair(std::size_t{6}, true));
}

// As event::TolerantIndexer reads them: RFC 8259 has no line end in a string.
TEST(ValuePasser, EndsAStringAtItsLineEnd) {
  EXPECT_EQ(passed("{\"a\":\"x\n}  ", 100), std::pair(std::size_t{9}, true));
  EXPECT_EQ(passed("{\"a\":\"x\\\n}  ", 100), std::pair(std::size_t{10}, true));
}

TEST(ValuePasser, GoesOnAsLongAsNothingCloses) {
  EXPECT_EQ(passed("{\"a\":[1,2", 100), std::pair(std::size_t{9}, false));
  EXPECT_EQ(passed("", 100), std::pair(std::size_t{0}, false));
}

TEST(ValuePasser, DoesNotMindDepth) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(passed(deep + "]", 4'096), std::pair(deep.size(), true));
}

TEST(ValuePasser, FindsTheEndOfALongStringWhereverItStands) {
  for (const std::string_view end : {"\"]", "\\\"\"]", "\\\\\"]", "\n]"}) {
    for (std::size_t length = 0; length < 200; ++length) {
      const std::string text = "[\"" + std::string(length, 'x') + std::string(end);
      const std::pair all(text.size(), true);
      EXPECT_EQ(passed(text + std::string(100, ']'), 1'000), all) << length << end;
      EXPECT_EQ(passed(text + std::string(100, ']'), 7), all) << length << end;
    }
  }
}

// Byte by byte there is never a whole stride.
TEST(ValuePasser, FindsTheSameEndInStridesAsByteByByte) {
  std::mt19937 random(6);
  static constexpr std::string_view kBytes = "{}[]\"\\\n,:a1      bcdefgh";
  std::size_t num_ended = 0;
  for (int round = 0; round < 20'000; ++round) {
    // Deep enough to come through some strides, with few of the rarer characters.
    std::string text(random() % 8, '[');
    text += '{';
    const std::size_t num_kinds = 8 + random() % (kBytes.size() - 8);
    for (std::size_t i = 100 + random() % 300; i-- > 0;)
      text += random() % 8 != 0 ? 'x' : kBytes[kBytes.size() - 1 - random() % num_kinds];
    for (std::size_t i = random() % 20; i-- > 0;) text += random() % 4 == 0 ? '"' : '}';
    const auto by_bytes = passed(text, 1);
    num_ended += by_bytes.second ? 1 : 0;
    ASSERT_EQ(passed(text, text.size()), by_bytes) << text;
    ASSERT_EQ(passed(text, 97), by_bytes) << text;
  }
  EXPECT_GT(num_ended, 2'000U);
  EXPECT_LT(num_ended, 18'000U);
}

TEST(ValuePasser, FindsTheSameEndHoweverThePiecesAreCut) {
  std::mt19937 random(5);
  static constexpr std::string_view kBytes = "{}[]\"\\\n,:a1 ";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random() % 2 == 0 ? "{" : "[";
    for (std::size_t i = random() % 30; i-- > 0;) text += kBytes[random() % kBytes.size()];
    const auto whole = passed(text, text.size());
    for (const std::size_t size : {1U, 2U, 3U, 7U}) ASSERT_EQ(passed(text, size), whole) << text;
  }
}

}  // namespace
}  // namespace nepho::stream
