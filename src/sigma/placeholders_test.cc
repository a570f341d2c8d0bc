#include "sigma/placeholders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Placeholders kKnown = {{"admins", {"alice", "bob"}}, {"n", {"1", "2"}}};

std::vector<std::string> expanded(std::string_view text) {
  const auto expansion = expand(text, kKnown);
  return expansion ? expansion->texts : std::vector{std::string(expansion.error().code.name())};
}

TEST(Placeholders, EveryCombinationIsAText) {
  EXPECT_THAT(expanded("%admins%"), ElementsAre("alice", "bob"));
  EXPECT_THAT(expanded("x%admins%-%n%y"),
              ElementsAre("xalice-1y", "xalice-2y", "xbob-1y", "xbob-2y"));
}

TEST(Placeholders, EscapedPercentBeginsNoName) {
  EXPECT_THAT(expanded(R"(corp\%admins%)"), ElementsAre("corp%admins%"));
  EXPECT_THAT(expanded(R"(\%plain%n%)"), ElementsAre("%plain1", "%plain2"));
  EXPECT_THAT(expanded(R"(corp\\%n%)"), ElementsAre(R"(corp\\1)", R"(corp\\2)"));
}

TEST(Placeholders, PercentAloneIsItself) {
  EXPECT_THAT(expanded("100%"), ElementsAre("100%"));
  EXPECT_THAT(expanded("a % b % c"), ElementsAre("a % b % c"));
  EXPECT_THAT(expanded("%%"), ElementsAre("%%"));
  EXPECT_THAT(expanded("\\"), ElementsAre("\\"));
}

TEST(Placeholders, MissingOneSaysHowToSupplyIt) {
  const auto expansion = expand("%admin%", kKnown);
  ASSERT_FALSE(expansion);
  EXPECT_EQ(expansion.error().code, kMissingPlaceholder);
  EXPECT_THAT(expansion.error().hint, HasSubstr("did you mean 'admins'"));
  EXPECT_THAT(expansion.error().hint, HasSubstr("--placeholders"));
}

TEST(Placeholders, ProductIsBounded) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "%n%";
  EXPECT_THAT(expanded(text), ElementsAre("sigma.too_many"));
}

TEST(Placeholders, FileIsYamlOrJson) {
  const auto yaml = parse_placeholders("accounts: [1, '2']\n'%one%': x\n", "p.yml");
  ASSERT_TRUE(yaml);
  EXPECT_THAT(yaml->at("accounts"), ElementsAre("1", "2"));
  EXPECT_THAT(yaml->at("one"), ElementsAre("x"));
  EXPECT_TRUE(parse_placeholders("{}", "p.json"));
  const auto bad = parse_placeholders("a:\n  b: c\n", "p.yml");
  ASSERT_FALSE(bad);
  EXPECT_EQ(to_string(bad.error().place), "p.yml:2:3");
}

TEST(Placeholders, NamesHaveLettersDigitsAndThreeMarks) {
  const Placeholders known = {{"a-b_c.9", {"x"}}};
  const auto expansion = expand("%a-b_c.9%", known);
  ASSERT_TRUE(expansion);
  EXPECT_THAT(expansion->texts, ElementsAre("x"));
  for (const char* text : {"%a b%", "%a*%", "%\u00E9%", "%a/b%"}) {
    const auto plain = expand(text, known);
    ASSERT_TRUE(plain) << text;
    EXPECT_THAT(plain->texts, ElementsAre(text));
    EXPECT_EQ(plain->num_found, 0U) << text;
  }
}

TEST(Placeholders, NeighboursShareNoPercent) {
  EXPECT_THAT(expanded("%n%n%"), ElementsAre("1n%", "2n%"));
  EXPECT_THAT(expanded("%n%%n%"), ElementsAre("11", "12", "21", "22"));
  EXPECT_THAT(expanded("%%n%"), ElementsAre("%1", "%2"));
}

TEST(Placeholders, CountsWhatItMet) {
  EXPECT_EQ(expand("%n%-%n%", kKnown)->num_found, 2U);
  EXPECT_EQ(expand("", kKnown)->num_found, 0U);
  EXPECT_THAT(expanded(""), ElementsAre(""));
}

TEST(Placeholders, ValuesAreNotExpandedAgain) {
  const Placeholders known = {{"a", {"%b%"}}, {"b", {"x"}}};
  EXPECT_THAT(expand("%a%", known)->texts, ElementsAre("%b%"));
}

TEST(Placeholders, ANameWithoutValuesMakesNoText) {
  const Placeholders known = {{"none", {}}};
  EXPECT_TRUE(expand("%none%", known)->texts.empty());
}

TEST(Placeholders, ProductUpToTheLimitIsMade) {
  Limits limits;
  limits.max_values_per_item = 8;
  EXPECT_EQ(expand("%n%%n%%n%", kKnown, limits)->texts.size(), 8U);
  EXPECT_EQ(expand("%n%%n%%n%%n%", kKnown, limits).error().code, kTooMany);
}

TEST(Placeholders, FilesThatAreNoneAreRefusedWithTheirPlace) {
  const auto error = [](std::string_view text) {
    const auto parsed = parse_placeholders(text, "p.yml");
    return parsed ? "none"
                  : to_string(parsed.error().place) + " " + std::string(parsed.error().code.name());
  };
  EXPECT_EQ(error("[a, b]"), "p.yml:1:1 sigma.bad_placeholders");
  EXPECT_EQ(error("a: []"), "p.yml:1:4 sigma.bad_placeholders");
  EXPECT_EQ(error("a: [x, null]"), "p.yml:1:4 sigma.bad_placeholders");
  EXPECT_EQ(error("a:"), "p.yml:1:3 sigma.bad_placeholders");
  EXPECT_EQ(error("a: [[x]]"), "p.yml:1:4 sigma.bad_placeholders");
  EXPECT_THAT(error("a: [x"), HasSubstr("yaml.syntax"));
  EXPECT_THAT(error("a: 1\na: 2"), HasSubstr("yaml.duplicate_key"));
}

TEST(Placeholders, PercentSignsAboutANameInAFileAreTakenOff) {
  const auto parsed = parse_placeholders("'%a%': x\n'%b': y\n'%': z\n'%%': w\n", "p.yml");
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->contains("a"));
  EXPECT_TRUE(parsed->contains("%b"));
  EXPECT_TRUE(parsed->contains("%"));
  EXPECT_TRUE(parsed->contains("%%"));
}

TEST(Placeholders, NamesWithoutValuesAreThoseThatExpandWouldFailOn) {
  EXPECT_THAT(missing_names("%admins%-%nobody%/%n%%none%", kKnown), ElementsAre("nobody", "none"));
  EXPECT_THAT(missing_names(R"(\%nobody% 100% \\\\%none%)", kKnown), ElementsAre("none"));
  EXPECT_THAT(missing_names("", kKnown), ElementsAre());
}

}  // namespace
}  // namespace nepho::sigma
