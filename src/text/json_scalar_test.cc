#include "text/json_scalar.h"

#include <gtest/gtest.h>

#include "text/escape_index.h"

namespace nepho::text {
namespace {

std::string decoded(std::string_view raw) {
  std::string out;
  return append_json_string(raw, out) ? out : "(refused)";
}

TEST(JsonNumber, TakesTheGrammarOfRfc8259AndNoMore) {
  EXPECT_EQ(json_number_length("0"), 1U);
  EXPECT_EQ(json_number_length("-0.5e+10,"), 8U);
  EXPECT_EQ(json_number_length("120]"), 3U);
  EXPECT_EQ(json_number_length("1E5"), 3U);
  for (const char* bad : {"", "-", "+1", ".5", "01", "1.", "1.e5", "1e", "1e+", "-a", "Infinity"}) {
    EXPECT_EQ(json_number_length(bad), 0U) << bad;
  }
}

TEST(JsonString, EndsAtTheFirstQuoteThatIsNotEscaped) {
  EXPECT_EQ(json_string_length(R"("a\"b\\"c)"), 8U);
  EXPECT_EQ(json_string_length(R"("")"), 2U);
}

TEST(JsonString, WithoutAnEndHasNoLength) {
  for (const char* bad : {"", "a", "\"", "\"abc", "\"a\\\"", "\"a\\"}) {
    EXPECT_EQ(json_string_length(bad), 0U) << bad;
  }
}

TEST(JsonString, DecodesEveryEscape) {
  EXPECT_EQ(decoded(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(decoded(R"(\u0041\u00e9\u20AC)"), "Aé€");
  EXPECT_EQ(decoded(R"(a\u0000b)"), std::string("a\0b", 3));
}

TEST(JsonString, JoinsSurrogatePairsAndReplacesLoneHalves) {
  EXPECT_EQ(decoded(R"(\ud83d\ude00)"), "\U0001F600");
  EXPECT_EQ(decoded(R"(\ud83dx)"), "\uFFFDx");
  EXPECT_EQ(decoded(R"(\ude00)"), "\uFFFD");
  EXPECT_EQ(decoded(R"(\ud83d\u0041)"), "\uFFFDA");
  EXPECT_EQ(decoded(R"(\ud83d\ud83d\ude00)"), "\uFFFD\U0001F600");
}

TEST(JsonString, RefusesBadEscapesInBothReaders) {
  for (const char* bad : {"\\x", "\\u12", "\\u12g4", "\\", "a\\", "\\U0041", "\\'"}) {
    EXPECT_EQ(decoded(bad), "(refused)") << bad;
    EXPECT_FALSE(EscapeIndex().build(bad)) << bad;
  }
}

TEST(JsonString, AcceptsTheSameEscapesInBothReaders) {
  for (const char* good : {"", "abc", R"(\\\\)", R"(\u00fF\n)", R"(\ud800)", R"(\\u12)"}) {
    EXPECT_NE(decoded(good), "(refused)") << good;
    EXPECT_TRUE(EscapeIndex().build(good)) << good;
  }
}

TEST(JsonScalar, ANumberIsOneFromEndToEnd) {
  for (const char* number : {"0", "-1", "10.25", "1e5", "-2.5E-3"})
    EXPECT_TRUE(is_json_number(number));
  for (const char* other : {"", "-", "007", "+1", "1.", ".5", "0x1F", "1 ", "1,2", "nan"})
    EXPECT_FALSE(is_json_number(other)) << other;
}

TEST(JsonScalar, EndsAtWhiteSpaceAndStructure) {
  for (const char c : {' ', '\t', '\n', '\r', ',', ']', '}'}) EXPECT_TRUE(ends_json_scalar(c));
  for (const char c : {'a', '0', '"', '[', '{', ':', '.', '-'}) EXPECT_FALSE(ends_json_scalar(c));
}

}  // namespace
}  // namespace nepho::text
