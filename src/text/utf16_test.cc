#include "text/utf16.h"

#include <gtest/gtest.h>

#include <string_view>

namespace nepho::text {
namespace {

using namespace std::string_literals;

TEST(Utf16, IsKnownByItsByteOrderMarkInBothOrders) {
  EXPECT_EQ(utf8_of_document("\xFF\xFE{\0}\0"s), "{}");
  EXPECT_EQ(utf8_of_document("\xFE\xFF\0{\0}"s), "{}");
}

TEST(Utf16, IsKnownWithoutAMarkWhereAJsonTextStarts) {
  EXPECT_EQ(utf8_of_document("[\0]\0"s), "[]");
  EXPECT_EQ(utf8_of_document("\0[\0]"s), "[]");
}

TEST(Utf16, LeavesUtf8AloneButForItsMark) {
  EXPECT_EQ(utf8_of_document("\xEF\xBB\xBF{\"a\":\"\xC3\xA9\"}"), "{\"a\":\"\xC3\xA9\"}");
  EXPECT_EQ(utf8_of_document("{}"), "{}");
  EXPECT_EQ(utf8_of_document(""), "");
}

TEST(Utf16, JoinsSurrogatePairs) {
  EXPECT_EQ(utf8_of_document("\xFF\xFE\x3D\xD8\x00\xDE"s), "\xF0\x9F\x98\x80");
}

TEST(Utf16, ReplacesLoneSurrogatesAndAnOddLastByte) {
  EXPECT_EQ(utf8_of_document("\xFF\xFE\x3D\xD8"s), "\xEF\xBF\xBD");
  EXPECT_EQ(utf8_of_document("\xFF\xFE\x00\xDE"s), "\xEF\xBF\xBD");
  EXPECT_EQ(utf8_of_document("\xFF\xFE{\0}"s), "{\xEF\xBF\xBD");
}

}  // namespace
}  // namespace nepho::text
