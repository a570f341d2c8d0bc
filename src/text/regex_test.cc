#include "text/regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::text {
namespace {

bool found(std::string_view pattern, std::string_view text, RegexFlags flags = {}) {
  const auto regex = Regex::compile(pattern, flags);
  EXPECT_TRUE(regex) << pattern;
  return regex && regex->search(text);
}

TEST(Regex, SearchesAnywhereWithCase) {
  EXPECT_TRUE(found("b.d", "abcde"));
  EXPECT_FALSE(found("Abc", "abc"));
  EXPECT_TRUE(found(R"(^\w+\s\d{2,3}$)", "ab 12"));
}

TEST(Regex, FlagsChangeLineEndsAndCase) {
  EXPECT_TRUE(found("Abc", "xABCx", {.ignore_case = true}));
  EXPECT_FALSE(found("^b$", "a\nb\nc"));
  EXPECT_TRUE(found("^b$", "a\nb\nc", {.multi_line = true}));
  EXPECT_FALSE(found("a.b", "a\nb"));
  EXPECT_TRUE(found("a.b", "a\nb", {.dot_all = true}));
}

TEST(Regex, SourceCarriesTheFlags) {
  EXPECT_EQ(Regex::compile("a", {.ignore_case = true, .dot_all = true})->source(), "(?is)a");
  EXPECT_EQ(Regex::compile("a")->source(), "a");
}

TEST(Regex, RefusesWhatIsNotLinearAndSaysHowToDoWithout) {
  const auto ahead = Regex::compile("^(?!arn:).*$");
  ASSERT_FALSE(ahead);
  EXPECT_EQ(ahead.error().code, kBadRegex);
  EXPECT_THAT(ahead.error().hint, testing::HasSubstr("and not"));
  EXPECT_FALSE(Regex::compile(R"((a)\1)"));
  EXPECT_FALSE(Regex::compile("(["));
}

TEST(Regex, RefusesAProgramThatIsTooLarge) {
  const auto large = Regex::compile("((((a{100}){100}){100}){100})");
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, kBadRegex);
}

TEST(Regex, EvilInputEnds) {
  std::string text(50'000, 'a');
  text.push_back('b');
  EXPECT_FALSE(found("^(a+)+$", text));
}

std::optional<std::string_view> captured(std::string_view pattern, std::string_view text) {
  const auto regex = CapturingRegex::compile(pattern);
  EXPECT_TRUE(regex) << pattern;
  return regex ? regex->capture(text) : std::nullopt;
}

TEST(CapturingRegex, GivesTheFirstGroupThatTakesPart) {
  EXPECT_EQ(captured(R"(\.([a-z]+)$)", "io.k8s.core.v1.pods.create"), "create");
  EXPECT_EQ(captured("^(?:a(b)|(c))", "c"), "c");
  EXPECT_EQ(captured("x(.*)y", "xy"), "");
  EXPECT_EQ(captured("^(a)", "b"), std::nullopt);
  EXPECT_EQ(captured("^(a)?b", "b"), std::nullopt);
}

TEST(CapturingRegex, HasOneToEightGroups) {
  EXPECT_FALSE(CapturingRegex::compile("a"));
  EXPECT_FALSE(CapturingRegex::compile("(?:a)"));
  EXPECT_TRUE(CapturingRegex::compile("(1)(2)(3)(4)(5)(6)(7)(8)"));
  EXPECT_FALSE(CapturingRegex::compile("(1)(2)(3)(4)(5)(6)(7)(8)(9)"));
  EXPECT_FALSE(CapturingRegex::compile("("));
}

}  // namespace
}  // namespace nepho::text
