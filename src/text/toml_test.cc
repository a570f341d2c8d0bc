#include "text/toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::text {
namespace {

using testing::ElementsAre;

TEST(Toml, GivesTheTreeWithPlacesInTheOrderOfTheFile) {
  const auto root =
      parse_toml("[zone]\nname = \"a\"\n\n[[zone.rule]]\nids = [\"T1\", 'T2']\n[area]\n", "r.toml");
  ASSERT_TRUE(root);
  ASSERT_EQ(root->members.size(), 2U);
  EXPECT_EQ(root->members[0].first.text, "zone");
  EXPECT_EQ(root->members[1].first.text, "area");
  const YamlNode* rules = root->find("zone")->find("rule");
  ASSERT_TRUE(rules != nullptr && rules->is_sequence());
  EXPECT_THAT(rules->items[0].texts_at("ids"), ElementsAre("T1", "T2"));
  const YamlNode& second = rules->items[0].find("ids")->items[1];
  EXPECT_EQ(second.line, 5U);
  EXPECT_EQ(second.column, 14U);
}

TEST(Toml, KeepsTheTypesOfScalars) {
  const auto root = parse_toml("a = true\nb = 7\nc = \"7\"\nd = 2026-01-02\ne = 1.5\n", "r.toml");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->boolean(), true);
  EXPECT_EQ(root->find("b")->integer(), 7);
  EXPECT_EQ(root->find("c")->type(), YamlType::kString);
  EXPECT_EQ(root->text_at("d"), "2026-01-02");
  EXPECT_EQ(root->find("e")->number(), 1.5);
}

TEST(Toml, ErrorsHaveAPlace) {
  const auto root = parse_toml("a = 1\nb = \n", "r.toml");
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().code, kTomlSyntax);
  EXPECT_EQ(root.error().place.line, 2U);
  EXPECT_FALSE(parse_toml("a = 1\na = 2\n", "r.toml"));
  EXPECT_FALSE(parse_toml("a = \"\xFF\"\n", "r.toml"));
}

TEST(Toml, DeepNestingIsRefused) {
  const auto nested = [](std::size_t depth) {
    return "a = " + std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_toml(nested(40), "r.toml"));
  EXPECT_EQ(parse_toml(nested(100), "r.toml").error().code, kTomlTooDeep);
  EXPECT_FALSE(parse_toml(nested(100'000), "r.toml"));
}

TEST(Toml, ManyValuesAreRefused) {
  std::string text = "a = [1";
  for (int i = 0; i < 250'000; ++i) text += ",1";
  EXPECT_EQ(parse_toml(text + "]", "r.toml").error().code, kTomlTooLarge);
  EXPECT_EQ(parse_toml(std::string(std::size_t{5} << 20U, '#'), "r.toml").error().code,
            kTomlTooLarge);
}

// The library's tables of blanks had holes there.
TEST(Toml, LettersBeyondAsciiAreNoBlanks) {
  for (const char* key : {"\xD1\x99", "\xC3\xA9", "\xE3\x80\x94", "a\xC3\xA9"}) {
    EXPECT_FALSE(parse_toml(std::string(key) + " = 1\n", "x.toml")) << key;
    EXPECT_FALSE(parse_toml("[" + std::string(key) + "]\n", "x.toml")) << key;
    EXPECT_TRUE(parse_toml("\"" + std::string(key) + "\" = 1\n", "x.toml")) << key;
  }
}

}  // namespace
}  // namespace nepho::text
