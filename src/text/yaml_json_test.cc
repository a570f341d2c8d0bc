#include "text/yaml_json.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

std::string json_of(std::string_view yaml) {
  const auto node = parse_yaml(yaml, "x.yml");
  return node ? json_of_yaml(*node) : node.error().message;
}

TEST(JsonOfYaml, KeepsTheTypesOfTheCoreSchema) {
  EXPECT_EQ(json_of("a: 1\nb: -2.5e3\nc: true\nd: ~\ne: '1'\nf: text\n"),
            R"({"a":1,"b":-2.5e3,"c":true,"d":null,"e":"1","f":"text"})");
}

TEST(JsonOfYaml, WritesNestedValuesInTheirOrder) {
  EXPECT_EQ(json_of("z: [1, {y: x}]\na:\n  - b\n"), R"({"z":[1,{"y":"x"}],"a":["b"]})");
}

TEST(JsonOfYaml, LeavesNumbersThatJsonCannotWriteAsTexts) {
  EXPECT_EQ(json_of("a: 0x1F\nb: .inf\nc: 007\nd: .5\n"),
            R"({"a":"0x1F","b":".inf","c":"007","d":".5"})");
}

}  // namespace
}  // namespace nepho::text
