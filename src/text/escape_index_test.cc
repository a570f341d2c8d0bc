#include "text/escape_index.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nepho::text {
namespace {

TEST(EscapeIndex, RefusesWhatIsNoEscape) {
  for (const char* bad : {"\\", "\\x", "\\u12", "\\u12g4", "ab\\", "\\\\\\", "\\ud83"}) {
    EXPECT_FALSE(EscapeIndex().build(bad)) << bad;
  }
  for (const char* good :
       {"", "plain", "\\n", "\\u00e9", "\\\\", "\\\"", "\\/", "\\ud83d\\ude00"}) {
    EXPECT_TRUE(EscapeIndex().build(good)) << good;
  }
}

// Against looking at every byte: no escape is missed, and one is only said to be there wrongly when
// it stands in the same 64 bytes.
TEST(EscapeIndex, AgreesWithLooking) {
  std::mt19937 random(7);
  EscapeIndex index;
  for (int round = 0; round < 200; ++round) {
    std::string text(random() % 20'000, 'a');
    for (int i = static_cast<int>(random() % 6); i > 0 && text.size() > 8; --i) {
      text.replace(random() % (text.size() - 2), 2, "\\n");
    }
    // Two that overlap make what is no escape.
    if (!index.build(text)) continue;
    for (int asked = 0; asked < 50; ++asked) {
      const std::size_t begin = random() % (text.size() + 1);
      const std::size_t end = begin + random() % (text.size() + 1 - begin);
      const bool is_there = text.substr(begin, end - begin).find('\\') != text.npos;
      if (is_there) {
        ASSERT_TRUE(index.may_stand_in(begin, end)) << round << ' ' << begin << ' ' << end;
      }
      const std::size_t from = begin / 64 * 64;
      const std::size_t to = (end + 63) / 64 * 64;
      const bool is_near = text.substr(from, to - from).find('\\') != text.npos;
      if (!is_near) {
        ASSERT_FALSE(index.may_stand_in(begin, end)) << round << ' ' << begin << ' ' << end;
      }
    }
  }
}

// One behind another, also of backslashes, wherever the 64 bytes that are looked at together end.
TEST(EscapeIndex, TellsWhichOfManyBackslashesBeginAnEscape) {
  static constexpr std::string_view kParts[] = {R"(\\)", R"(\")", R"(\u00e9)", "x", "x\"", "u"};
  std::mt19937 random(3);
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    while (text.size() < 150) text += kParts[random() % std::size(kParts)];
    EXPECT_TRUE(EscapeIndex().build(text)) << text;
    text.insert(random() % 2 == 0 ? 0 : text.size(), "\\x");
    EXPECT_FALSE(EscapeIndex().build(text)) << text;
  }
}

TEST(EscapeIndex, ForgetsTheTextBefore) {
  EscapeIndex index;
  ASSERT_TRUE(index.build(std::string(1'000, 'a') + "\\n" + std::string(9'000, 'a')));
  EXPECT_TRUE(index.may_stand_in(0, 10'002));
  ASSERT_TRUE(index.build(std::string(500, 'a')));
  EXPECT_FALSE(index.may_stand_in(0, 500));
  EXPECT_FALSE(index.may_stand_in(3, 3));
}

}  // namespace
}  // namespace nepho::text
