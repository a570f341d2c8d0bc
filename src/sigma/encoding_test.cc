#include "sigma/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sigma/errors.h"
#include "sigma/escape.h"
#include "text/base64.h"

namespace nepho::sigma {
namespace {

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

}  // namespace
}  // namespace nepho::sigma
