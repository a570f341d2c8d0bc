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

}  // namespace
}  // namespace nepho::text
