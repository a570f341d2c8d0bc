#include "text/base64.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

using namespace std::string_literals;

TEST(Base64, EncodesTheVectorsOfRfc4648) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64("\xFF\xFE\xFD"), "//79");
}

TEST(Utf16, WritesUnitsInEitherOrder) {
  EXPECT_EQ(to_utf16le("ab"), "a\0b\0"s);
  EXPECT_EQ(to_utf16be("ab"), "\0a\0b"s);
  EXPECT_EQ(to_utf16be("é"), "\x00\xE9"s);
}

TEST(Utf16, WritesSurrogatesForWhatIsBeyondThePlane) {
  EXPECT_EQ(to_utf16be("\U0001F600"), "\xD8\x3D\xDE\x00"s);
}

TEST(Utf16, ReplacesInvalidBytes) { EXPECT_EQ(to_utf16be("\xFF"), "\xFF\xFD"); }

}  // namespace
}  // namespace nepho::text
