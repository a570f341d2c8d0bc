#include "text/yaml_keys.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

Result<void> check(std::string_view yaml) {
  const auto node = parse_yaml(yaml, "x.yml");
  return expect_keys(node.value(), {"name", "platforms"}, "x.yml");
}

TEST(YamlKeys, PassesAMappingOfKnownKeysOnly) {
  EXPECT_TRUE(check("name: a\nplatforms: []"));
  EXPECT_TRUE(check("{}"));
}

TEST(YamlKeys, NamesThePlaceOfAnUnknownKeyAndTheOneMeant) {
  const auto result = check("name: a\nplatform: []");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kYamlUnknownKey);
  EXPECT_EQ(result.error().place.line, 2U);
  EXPECT_EQ(result.error().hint, "did you mean 'platforms'?");
}

TEST(YamlKeys, RefusesWhatIsNoMapping) {
  const auto result = check("[name]");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kYamlWrongKind);
}

}  // namespace
}  // namespace nepho::text
