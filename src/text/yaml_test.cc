#include "text/yaml.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace nepho::text
