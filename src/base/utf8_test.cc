#include "base/utf8.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(Utf8, KnowsTheLengthOfEachKindOfSequence) {
  EXPECT_EQ(utf8_sequence_length("a"), 1U);
  EXPECT_EQ(utf8_sequence_length("é"), 2U);
  EXPECT_EQ(utf8_sequence_length("€"), 3U);
  EXPECT_EQ(utf8_sequence_length("\U0001F600"), 4U);
  EXPECT_EQ(utf8_sequence_length(std::string_view("\0", 1)), 1U);
  EXPECT_EQ(utf8_sequence_length(""), 0U);
}

TEST(Utf8, RefusesWhatRfc3629DoesNotAllow) {
  for (const char* bad : {
           "\x80",              // a continuation first
           "\xc0\xaf",          // overlong '/'
           "\xc1\xbf",          // overlong
           "\xe0\x9f\xbf",      // overlong
           "\xed\xa0\x80",      // a surrogate
           "\xf0\x8f\xbf\xbf",  // overlong
           "\xf4\x90\x80\x80",  // beyond U+10FFFF
           "\xf5\x80\x80\x80",  // beyond
           "\xff",              // never
           "\xe2\x82",          // cut short
           "\xf0\x9f\x98",      // cut short
           "\xc3"
           "a",  // no continuation
       }) {
    EXPECT_EQ(utf8_sequence_length(bad), 0U) << testing::PrintToString(bad);
  }
}

TEST(Utf8, ReadsBackEveryCodePointItWrites) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(c, text);
    const CodePoint read = first_code_point(text);
    ASSERT_EQ(read.value, c);
    ASSERT_EQ(read.size, text.size());
  }
}

TEST(Utf8, GivesAnInvalidByteAValueOfItsOwn) {
  const CodePoint a = first_code_point("\xff");
  const CodePoint b = first_code_point("\xfe");
  EXPECT_EQ(a.size, 1U);
  EXPECT_EQ(a.value, char32_t{0xDC00} + 0xFF);
  EXPECT_NE(a.value, b.value);
}

TEST(Utf8, FindsTheFirstInvalidByte) {
  EXPECT_EQ(first_invalid_utf8(""), 0U);
  EXPECT_EQ(first_invalid_utf8("aé€"), 6U);
  EXPECT_EQ(first_invalid_utf8("aé\xff"
                               "b"),
            3U);
}

}  // namespace
}  // namespace nepho
