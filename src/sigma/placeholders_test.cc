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

}  // namespace
}  // namespace nepho::sigma
