#include "text/json_yaml.h"

#include <gtest/gtest.h>

#include "text/yaml_json.h"

namespace nepho::text {
namespace {

TEST(JsonYaml, SaysTheSameWithPlaces) {
  const std::string json = R"({"a":[1,"1",true,null],"b":{"c":"x\ny"}})";
  const auto document = JsonDocument::parse(json);
  ASSERT_TRUE(document);
  EXPECT_EQ(json_of_yaml(yaml_of_json(*document)), json);
  const auto lines = JsonDocument::parse("{\n  \"a\": [\n    7]}");
  const YamlNode root = yaml_of_json(*lines);
  EXPECT_EQ(root.find("a")->items[0].line, 3U);
  EXPECT_EQ(root.find("a")->items[0].column, 5U);
}

}  // namespace
}  // namespace nepho::text
