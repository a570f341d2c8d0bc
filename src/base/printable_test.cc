#include "base/printable.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(Printable, KeepsTextOfEveryScript) {
  EXPECT_EQ(printable("Größe Привет 東京 \U0001F600"), "Größe Привет 東京 \U0001F600");
}

TEST(Printable, ShowsControlBytesAndDelAsHex) {
  EXPECT_EQ(printable("a\tb\r\n\x1b]0;x\x07\x7f"), "a\\x09b\\x0d\\x0a\\x1b]0;x\\x07\\x7f");
  EXPECT_EQ(printable(std::string_view("\0x", 2)), "\\x00x");
}

TEST(Printable, ShowsBytesThatAreNoUtf8AsHex) {
  EXPECT_EQ(printable("\xff\xc0\x80"
                      "a\xe2\x82"),
            "\\xff\\xc0\\x80a\\xe2\\x82");
}

TEST(Printable, ShowsCharactersThatReorderOrHideText) {
  EXPECT_EQ(printable("a\u202Eb"), "a\\u{202e}b");   // right-to-left override
  EXPECT_EQ(printable("a\u200Bb"), "a\\u{200b}b");   // zero-width space
  EXPECT_EQ(printable("a\u2028b"), "a\\u{2028}b");   // line separator
  EXPECT_EQ(printable("a\uFEFFb"), "a\\u{feff}b");   // byte order mark
  EXPECT_EQ(printable("a\u0085b"), "a\\u{85}b");     // next line, a C1 control
  EXPECT_EQ(printable("\U000E0041"), "\\u{e0041}");  // tag letter
}

TEST(Printable, CutsAtTheBoundAndSaysSo) {
  EXPECT_EQ(printable("abcdef", 4), "abcd...");
  EXPECT_EQ(printable("abcd", 4), "abcd");
}

TEST(Printable, NeverCutsACharacterInHalf) {
  EXPECT_EQ(printable("aé€x", 2), "aé...");
  EXPECT_EQ(printable("aé€x", 4), "aé€...");
}

TEST(Printable, BoundsWhatAMessageQuotes) {
  const std::string shown = escape_for_log(std::string(10'000, '\x01'));
  EXPECT_LE(shown.size(), kMaxTextShown + 8);
}

}  // namespace
}  // namespace nepho
