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

TEST(Base64, DecodesWhatItEncodes) {
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes) << i;
    bytes += static_cast<char>(i * 37 % 256);
  }
}

TEST(Base64, PaddingMayBeMissing) {
  EXPECT_EQ(from_base64("Zg"), "f");
  EXPECT_EQ(from_base64("Zm8"), "fo");
  EXPECT_EQ(from_base64(""), "");
}

TEST(Base64, WhatIsNoneIsRefused) {
  for (const char* text : {"Z", "Zh", "Zm9=", "Zm 9", "Zm9v\n", "-_==", "Zg==="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
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
