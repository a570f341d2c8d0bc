#include "sigma/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <random>

#include "sigma/errors.h"
#include "sigma/escape.h"
#include "text/base64.h"

namespace nepho::sigma {
namespace {

using testing::SizeIs;
using testing::UnorderedElementsAre;
using namespace std::string_literals;

std::vector<std::string> applied(Modifier modifier, std::string_view value) {
  const auto patterns = apply(modifier, parse_pattern(value));
  std::vector<std::string> texts;
  if (!patterns) return {std::string(patterns.error().code.name())};
  for (const auto& pattern : *patterns) texts.push_back(to_rule_text(pattern));
  return texts;
}

TEST(Encoding, EndsBecomeWildcards) {
  EXPECT_THAT(applied(Modifier::kContains, "a"), UnorderedElementsAre("*a*"));
  EXPECT_THAT(applied(Modifier::kStartsWith, R"(C:\)"), UnorderedElementsAre(R"(C:\\*)"));
  EXPECT_THAT(applied(Modifier::kEndsWith, "*a"), UnorderedElementsAre("*a"));
  EXPECT_THAT(applied(Modifier::kContains, ""), UnorderedElementsAre("*"));
}

TEST(Encoding, WindashTurnsTheDashThatBeginsAWord) {
  EXPECT_THAT(applied(Modifier::kWindash, "-a-b"),
              UnorderedElementsAre("-a-b", "/a-b", "–a-b", "—a-b", "―a-b"));
  EXPECT_THAT(applied(Modifier::kWindash, "* /x"),
              UnorderedElementsAre("* -x", "* /x", "* –x", "* —x", "* ―x"));
  EXPECT_THAT(applied(Modifier::kWindash, "a - b"), UnorderedElementsAre("a - b"));
  EXPECT_EQ(applied(Modifier::kWindash, "-a -b -c").size(), 125U);
}

TEST(Encoding, WindashOfManyDashesIsRefused) {
  EXPECT_THAT(applied(Modifier::kWindash, "-a -b -c -d -e -f -g -h"),
              UnorderedElementsAre("sigma.too_many"));
}

TEST(Encoding, Utf16KeepsWildcardsAndIsNotAlwaysText) {
  const auto wide = apply(Modifier::kUtf16Le, parse_pattern("a*"));
  EXPECT_TRUE((*wide)[0].matches("a\0bc"s));
  EXPECT_TRUE(is_text((*wide)[0]));
  EXPECT_FALSE(is_text((*apply(Modifier::kUtf16Le, parse_pattern("é")))[0]));
  EXPECT_FALSE(is_text((*apply(Modifier::kUtf16, parse_pattern("a")))[0]));
}

TEST(Encoding, Base64NeedsALiteral) {
  EXPECT_THAT(applied(Modifier::kBase64, "secret"), UnorderedElementsAre("c2VjcmV0"));
  EXPECT_THAT(applied(Modifier::kBase64, "a*"), UnorderedElementsAre("sigma.bad_value"));
  EXPECT_THAT(applied(Modifier::kBase64Offset, ""), UnorderedElementsAre("sigma.bad_value"));
}

TEST(Encoding, Base64OffsetIsFoundWhereverTheBytesBegin) {
  std::mt19937 random(6);
  const auto bytes_of = [&](std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) bytes += static_cast<char>(random());
    return bytes;
  };
  for (int i = 0; i < 2'000; ++i) {
    const std::string value = bytes_of(3 + random() % 9);
    const auto patterns = apply(Modifier::kBase64Offset, text::WildcardPattern::literal(value));
    ASSERT_TRUE(patterns);
    const std::size_t in_front = random() % 7;
    const std::string encoded =
        text::to_base64(bytes_of(in_front) + value + bytes_of(random() % 7));
    const std::string_view expected = (*patterns)[in_front % 3].literal_text();
    ASSERT_NE(encoded.find(expected), std::string::npos) << encoded << " " << expected;
  }
}

// The definition of windash, one dash at a time: every dash that begins a word becomes each of the
// five. Code points, not bytes.
std::vector<std::string> dashed_plainly(std::string_view text) {
  static constexpr std::string_view kDashes[] = {"-", "/", "\u2013", "\u2014", "\u2015"};
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  std::vector<std::string> all{""};
  char before = ' ';
  while (!text.empty()) {
    std::string_view found;
    for (const std::string_view dash : kDashes)
      if (text.starts_with(dash)) found = dash;
    const bool begins_word = !found.empty() && !is_word(before) && text.size() > found.size() &&
                             is_word(text[found.size()]);
    const std::string_view piece = found.empty() ? text.substr(0, 1) : found;
    std::vector<std::string> longer;
    for (const std::string& one : all) {
      if (!begins_word) longer.push_back(one + std::string(piece));
      if (!begins_word) continue;
      for (const std::string_view dash : kDashes) longer.push_back(one + std::string(dash));
    }
    all = std::move(longer);
    before = piece.back();
    text.remove_prefix(piece.size());
  }
  return all;
}

TEST(Encoding, WindashDoesWhatTheDefinitionSays) {
  std::mt19937 random(4);
  static constexpr std::string_view kPieces[] = {"-", "/", " ", "a", "_", "\u2013", "\u00E9", "="};
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (auto i = random() % 7; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    ASSERT_THAT(applied(Modifier::kWindash, text),
                testing::UnorderedElementsAreArray(dashed_plainly(text)))
        << text;
  }
}

TEST(Encoding, WindashLooksAtWordsNotAtWildcards) {
  EXPECT_EQ(applied(Modifier::kWindash, "*-a*").size(), 5U);
  EXPECT_EQ(applied(Modifier::kWindash, "-*").size(), 1U) << "no word behind it";
}

TEST(Encoding, WindashUpToTheLimitIsMade) {
  Limits limits;
  limits.max_values_per_item = 25;
  EXPECT_EQ(apply(Modifier::kWindash, parse_pattern("-a -b"), limits)->size(), 25U);
  limits.max_values_per_item = 24;
  const auto refused = apply(Modifier::kWindash, parse_pattern("-a -b"), limits);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().hint, testing::HasSubstr("|all"));
}

TEST(Encoding, Utf16IsTheBytesOfEachCodeUnit) {
  const auto bytes = [](Modifier modifier, std::string_view value) {
    return std::string((*apply(modifier, parse_pattern(value)))[0].literal_text());
  };
  EXPECT_EQ(bytes(Modifier::kUtf16Le, "Az"), "A\0z\0"s);
  EXPECT_EQ(bytes(Modifier::kUtf16Be, "Az"), "\0A\0z"s);
  EXPECT_EQ(bytes(Modifier::kUtf16, "A"), "\xFF\xFE"s + "A\0"s);
  EXPECT_EQ(bytes(Modifier::kUtf16Le, "\u20AC"), "\xAC\x20"s);
  // U+1F600 is the pair D83D DE00.
  EXPECT_EQ(bytes(Modifier::kUtf16Le, "\U0001F600"), "\x3D\xD8\x00\xDE"s);
}

TEST(Encoding, Utf16WithAMarkNeedsALiteral) {
  EXPECT_THAT(applied(Modifier::kUtf16, "a*"), UnorderedElementsAre("sigma.bad_value"));
  EXPECT_THAT(applied(Modifier::kUtf16, ""), UnorderedElementsAre("sigma.bad_value"));
}

TEST(Encoding, Base64KeepsItsPadding) {
  // RFC 4648, section 10.
  EXPECT_THAT(applied(Modifier::kBase64, "f"), UnorderedElementsAre("Zg=="));
  EXPECT_THAT(applied(Modifier::kBase64, "fo"), UnorderedElementsAre("Zm8="));
  EXPECT_THAT(applied(Modifier::kBase64, "foobar"), UnorderedElementsAre("Zm9vYmFy"));
}

TEST(Encoding, Base64OfAnEscapedStarIsOfTheStar) {
  EXPECT_THAT(applied(Modifier::kBase64, R"(\*)"), UnorderedElementsAre("Kg=="));
}

TEST(Encoding, Base64OffsetOfShortTextsSaysWhyNot) {
  const auto refused = apply(Modifier::kBase64Offset, parse_pattern("a"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, kBadValue);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("2 bytes or more"));
  EXPECT_THAT(applied(Modifier::kBase64Offset, "ab"), SizeIs(3));
}

// A row that were too short would match text that holds no such bytes.
TEST(Encoding, Base64OffsetKeepsEveryCharacterThatIsCertain) {
  std::mt19937 random(12);
  for (int round = 0; round < 500; ++round) {
    std::string value;
    while (value.size() < 3 + static_cast<std::size_t>(round) % 9)
      value += static_cast<char>(random());
    const auto patterns = apply(Modifier::kBase64Offset, text::WildcardPattern::literal(value));
    for (std::size_t offset = 0; offset < 3; ++offset) {
      // 6 bits a character; those with a bit of the bytes in front or behind are not certain.
      const std::size_t first = (8 * offset + 5) / 6;
      const std::size_t end = 8 * (offset + value.size()) / 6;
      EXPECT_EQ((*patterns)[offset].literal_text().size(), end - first)
          << offset << " " << value.size();
    }
  }
}

TEST(Encoding, OtherModifiersLeaveAPatternAlone) {
  EXPECT_THAT(applied(Modifier::kCased, "A*"), UnorderedElementsAre("A*"));
  EXPECT_THAT(applied(Modifier::kAll, "-a"), UnorderedElementsAre("-a"));
}

TEST(Encoding, EndsAreNotAddedTwice) {
  EXPECT_THAT(applied(Modifier::kContains, "*a*"), UnorderedElementsAre("*a*"));
  EXPECT_THAT(applied(Modifier::kStartsWith, "a*"), UnorderedElementsAre("a*"));
  EXPECT_THAT(applied(Modifier::kContains, "\\*"), UnorderedElementsAre("*\\**"));
}

}  // namespace
}  // namespace nepho::sigma
