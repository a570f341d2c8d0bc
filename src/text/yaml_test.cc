#include "text/yaml.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace nepho::text {
namespace {

std::string error_of(std::string_view yaml) {
  const auto node = parse_yaml(yaml, "r.yml");
  return node ? "" : to_string(node.error());
}

TEST(Yaml, KeepsOrderAndPlaces) {
  const auto node = parse_yaml("b: 1\na:\n  - x\n  - 'y'\n", "r.yml");
  ASSERT_TRUE(node);
  EXPECT_EQ(node->members[0].first.text, "b");
  const YamlNode& list = *node->find("a");
  EXPECT_EQ(list.items[1].text, "y");
  EXPECT_EQ(list.items[1].line, 4U);
  EXPECT_EQ(list.items[1].column, 5U);
}

TEST(Yaml, TellsTypesOfPlainScalarsOnly) {
  const auto node =
      parse_yaml("[1, '1', true, ~, 1.5, .5, 0x1F, a, 'null', -3, 1e3, 1.2.3]", "r.yml");
  std::string types;
  for (const auto& item : node->items) types += "nbifs"[static_cast<int>(item.type())];
  EXPECT_EQ(types,
            "isbnffiss"
            "ifs");
}

TEST(Yaml, RefusesARepeatedKeyAndSaysWhere) {
  EXPECT_EQ(error_of("a: 1\nb: 2\na: 3\n"),
            "r.yml:3:1: error[yaml.duplicate_key]: this key stands here twice: a");
}

TEST(Yaml, RefusesABillionLaughs) {
  std::string yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) yaml += (j ? ",*a" : "*a") + std::to_string(i - 1);
    yaml += "]\n";
  }
  EXPECT_NE(error_of(yaml).find("yaml.too_large"), std::string::npos);
}

TEST(Yaml, RefusesDepth) {
  EXPECT_NE(error_of(std::string(1000, '[')).find("yaml.too_deep"), std::string::npos);
}

TEST(Yaml, GivesTheDocumentsBeforeAnError) {
  const YamlStream stream = parse_yaml_stream("a: 1\n---\nb: [\n", "r.yml");
  EXPECT_EQ(stream.documents.size(), 1U);
  EXPECT_TRUE(stream.error);
}

TEST(Yaml, ByteOrderMarkCountsAsNoColumn) {
  const auto root = parse_yaml(
      "\xEF\xBB\xBF"
      "first: 1\r\nsecond: [a, b]\r\n",
      "x.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  ASSERT_EQ(root->members.size(), 2U);
  EXPECT_EQ(root->members[0].first.text, "first");
  EXPECT_EQ(to_string(root->members[0].second.place("x.yml")), "x.yml:1:8");
  EXPECT_EQ(to_string(root->members[1].first.place("x.yml")), "x.yml:2:1");
}

TEST(Yaml, ReadsNumbersAndBooleansOfTheCoreSchema) {
  const auto root = parse_yaml(
      "[0x1F, 0o17, +3, -3, 9223372036854775807, 9223372036854775808, 1.5e3, .inf, True, 'true', "
      "no]",
      "r.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  const auto& items = root->items;
  EXPECT_EQ(items[0].integer(), 31);
  EXPECT_EQ(items[1].integer(), 15);
  EXPECT_EQ(items[2].integer(), 3);
  EXPECT_EQ(items[3].integer(), -3);
  EXPECT_EQ(items[4].integer(), INT64_MAX);
  EXPECT_EQ(items[5].integer(), std::nullopt);  // an integer that does not fit
  EXPECT_EQ(items[5].number(), 9223372036854775808.0);
  EXPECT_EQ(items[6].number(), 1500);
  EXPECT_EQ(items[6].integer(), std::nullopt);
  EXPECT_EQ(items[7].type(), YamlType::kFloat);
  EXPECT_EQ(items[8].boolean(), true);
  EXPECT_EQ(items[9].boolean(), std::nullopt);   // a quoted word is a text
  EXPECT_EQ(items[10].boolean(), std::nullopt);  // "no" is YAML 1.1
}

TEST(Yaml, ColumnsAreCharactersNotBytes) {
  const auto root = parse_yaml("{\"\u00e9\u96f2\": x}", "r.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->members[0].second.column, 8U);
  const auto raw = parse_yaml("\xC3\xA9\xE9\x9B\xB2: x", "r.yml");
  ASSERT_TRUE(raw) << to_string(raw.error());
  EXPECT_EQ(raw->members[0].second.column, 5U);
}

TEST(Yaml, FollowsAnAliasToACopyOfItsAnchor) {
  const auto root = parse_yaml("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n", "r.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->find("b")->items.size(), 2U);
  EXPECT_EQ(root->text_at("d"), "3");  // the nearest anchor of the name before
}

TEST(Yaml, AnAnchorEndsWithItsDocument) {
  const YamlStream stream = parse_yaml_stream("a: &x 1\n---\nb: *x\n", "r.yml");
  ASSERT_TRUE(stream.error);
  EXPECT_EQ(stream.error->place.line, 3U);
}

TEST(Yaml, RefusesAnAliasWithinItsOwnAnchor) {
  EXPECT_NE(error_of("a: &x [*x]\n").find("r.yml:1:8: error[yaml.unknown_alias]"),
            std::string::npos)
      << error_of("a: &x [*x]\n");
}

TEST(Yaml, RefusesAKeyThatIsNoScalar) {
  EXPECT_NE(error_of("{[a]: 1}").find("a key must be a scalar"), std::string::npos);
}

TEST(Yaml, RefusesBytesThatAreNoUtf8AtTheirLine) {
  EXPECT_EQ(error_of("a: 1\nb: \xff\n"), "r.yml:2: error[yaml.syntax]: not valid UTF-8");
}

TEST(Yaml, WantsExactlyOneDocumentWhereOneIsMeant) {
  EXPECT_NE(error_of("a: 1\n---\nb: 2\n").find("found 2"), std::string::npos);
  EXPECT_NE(error_of("# nothing\n").find("found 0"), std::string::npos);
}

TEST(Yaml, GivesTextsOfAListOfOneOrOfNone) {
  const auto root = parse_yaml("many: [a, {b: c}, 'd']\none: e\nnull: ~\nmap: {f: g}\n", "r.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->texts_at("many"), (std::vector<std::string>{"a", "d"}));
  EXPECT_EQ(root->texts_at("one"), std::vector<std::string>{"e"});
  EXPECT_TRUE(root->texts_at("null").empty());
  EXPECT_TRUE(root->texts_at("map").empty());
  EXPECT_TRUE(root->texts_at("absent").empty());
  EXPECT_EQ(root->text_at("many"), "");
}

TEST(Yaml, KeepsTheCharactersOfBlockScalars) {
  const auto root = parse_yaml("a: |\n  1\n  2\nb: >-\n  x\n  y\n", "r.yml");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->text_at("a"), "1\n2\n");
  EXPECT_EQ(root->text_at("b"), "x y");
  EXPECT_FALSE(root->find("a")->is_plain);
}

TEST(Yaml, AControlCharacterIsAnErrorWithItsLine) {
  const auto tree = parse_yaml("a: b\nc: d\ne: f\x01\n", "r.yml");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, kYamlSyntax);
  EXPECT_EQ(tree.error().place.line, 3U);
  EXPECT_EQ(tree.error().place.column, 5U);
}

}  // namespace
}  // namespace nepho::text
