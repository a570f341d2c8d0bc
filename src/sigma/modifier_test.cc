#include "sigma/modifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

Result<FieldKey> parse(std::string_view key) {
  const auto node = text::parse_yaml(std::string(key) + ": 1", "r.yml");
  EXPECT_TRUE(node);
  return parse_field_key(node->members[0].first, "r.yml");
}

std::string error_of(std::string_view key) {
  const auto parsed = parse(key);
  return parsed ? "none" : std::string(parsed.error().code.name());
}

TEST(Modifier, SplitsFieldAndModifiers) {
  const auto key = parse("requestParameters.name|contains|all");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->field, "requestParameters.name");
  EXPECT_TRUE(key->has(Modifier::kContains));
  EXPECT_TRUE(key->has(Modifier::kAll));
  EXPECT_EQ(parse("'|all'")->field, "");
}

TEST(Modifier, WideIsUtf16Le) { EXPECT_TRUE(parse("f|wide")->has(Modifier::kUtf16Le)); }

TEST(Modifier, UnknownOneNamesItsPlaceAndTheNearest) {
  const auto key = parse("'f|contain'");
  ASSERT_FALSE(key);
  EXPECT_EQ(to_string(key.error()),
            "r.yml:1:4: error[sigma.unknown_modifier]: 'contain' is not a modifier\n"
            "   did you mean 'contains'?");
  EXPECT_EQ(error_of("f|"), "sigma.unknown_modifier");
  EXPECT_EQ(error_of("f||all"), "sigma.unknown_modifier");
}

TEST(Modifier, RefusesWhatDoesNotGoTogether) {
  for (const char* key :
       {"f|i", "f|re|contains", "f|contains|re", "f|cidr|cased", "f|re|cidr", "f|exists|all",
        "f|all|all", "f|base64|re", "f|fieldref|base64", "f|hour|minute", "f|hour|re", "f|gt|lt",
        "f|re|expand", "f|gt|contains", "f|wide|utf16le", "f|exists|neq"})
    EXPECT_EQ(error_of(key), "sigma.bad_modifiers") << key;
}

TEST(Modifier, AcceptsWhatDoes) {
  for (const char* key :
       {"f|re|i|m|s", "f|re|all", "f|cidr|neq", "f|fieldref|startswith|cased", "f|hour|gte",
        "f|wide|base64offset|contains", "f|contains|windash|all", "f|contains|expand",
        "f|cidr|expand", "f|startswith|endswith", "f|neq|cased", "f|gt|neq"})
    EXPECT_EQ(error_of(key), "none") << key;
}

}  // namespace
}  // namespace nepho::sigma
