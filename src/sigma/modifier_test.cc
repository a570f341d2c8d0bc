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

// Appendix 2.1 in its own words, apart from the table under test.
constexpr const char* kAllNames[] = {
    "all",     "startswith", "endswith", "contains", "exists", "cased",        "neq",     "windash",
    "re",      "i",          "m",        "s",        "base64", "base64offset", "utf16le", "wide",
    "utf16be", "utf16",      "lt",       "lte",      "gt",     "gte",          "minute",  "hour",
    "day",     "week",       "month",    "year",     "cidr",   "expand",       "fieldref"};

TEST(Modifier, EveryNameOfTheAppendixIsKnown) {
  for (const std::string name : kAllNames) {
    const bool is_regex_flag = name == "i" || name == "m" || name == "s";
    const auto key = parse((is_regex_flag ? "f|re|" : "f|") + name);
    ASSERT_TRUE(key) << name;
    if (name == "wide") continue;  // another name of utf16le
    EXPECT_EQ(to_string(key->modifiers.back().modifier), name);
  }
}

TEST(Modifier, NamesAreInLowerCaseOnly) {
  EXPECT_EQ(error_of("f|Contains"), "sigma.unknown_modifier");
  EXPECT_EQ(error_of("f| contains"), "sigma.unknown_modifier");
  EXPECT_EQ(error_of("f|contains "), "none") << "YAML takes blanks behind a key away";
  EXPECT_EQ(error_of("'f|contains '"), "sigma.unknown_modifier");
}

// What goes together does so in either order, and nothing goes with itself.
TEST(Modifier, OrderDoesNotDecideWhatGoesTogether) {
  for (const std::string one : kAllNames) {
    EXPECT_EQ(error_of("f|re|" + one + "|" + one), "sigma.bad_modifiers") << one;
    for (const std::string other : kAllNames) {
      const bool there = error_of("f|" + one + "|" + other) == "none";
      const bool back = error_of("f|" + other + "|" + one) == "none";
      EXPECT_EQ(there, back) << one << " and " << other;
    }
  }
}

// A pair that clashes still clashes with a third beside it.
TEST(Modifier, AThirdOneMendsNoClash) {
  for (const std::string one : kAllNames) {
    for (const std::string other : kAllNames) {
      const bool is_flag =
          one == "i" || one == "m" || one == "s" || other == "i" || other == "m" || other == "s";
      if (is_flag || error_of("f|" + one + "|" + other) == "none") continue;
      EXPECT_NE(error_of("f|" + one + "|all|" + other), "none") << one << " and " << other;
    }
  }
}

TEST(Modifier, OnlyOneSaysWhatTypeAValueHas) {
  const std::vector<std::string> types = {"re", "cidr", "exists", "fieldref",
                                          "lt", "lte",  "gt",     "gte"};
  for (const std::string& one : types)
    for (const std::string& other : types)
      EXPECT_EQ(error_of("f|" + one + "|" + other), "sigma.bad_modifiers") << one << other;
}

TEST(Modifier, TimePartsGoWithComparisonsAndFlagsOnly) {
  for (const std::string name : kAllNames) {
    const bool goes = name == "all" || name == "neq" || name == "lt" || name == "lte" ||
                      name == "gt" || name == "gte";
    EXPECT_EQ(error_of("f|hour|" + name) == "none", goes) << name;
  }
}

TEST(Modifier, ExistsStandsAlone) {
  for (const std::string name : kAllNames)
    EXPECT_EQ(error_of("f|exists|" + name), "sigma.bad_modifiers") << name;
}

TEST(Modifier, SaysWhyTwoDoNotGoTogether) {
  const auto message = [](std::string_view key) { return parse(key).error().message; };
  EXPECT_THAT(message("f|re|contains"), testing::HasSubstr("use ^ and $"));
  EXPECT_THAT(message("f|all|all"), testing::HasSubstr("stands here twice"));
  EXPECT_THAT(message("f|exists|all"), testing::HasSubstr("stands alone"));
  EXPECT_THAT(parse("f|i").error().hint, testing::HasSubstr("field|re|i"));
}

TEST(Modifier, ErrorsPointAtTheLaterOfTheTwo) {
  EXPECT_EQ(to_string(parse("field|contains|re").error().place), "r.yml:1:16");
  EXPECT_EQ(to_string(parse("'field|contains|re'").error().place), "r.yml:1:17");
}

TEST(Modifier, BarsAloneAreNoField) {
  EXPECT_EQ(error_of("'|'"), "sigma.unknown_modifier");
  EXPECT_EQ(error_of("'||'"), "sigma.unknown_modifier");
  EXPECT_EQ(parse("''")->field, "");
}

TEST(Modifier, AHostileNameIsShownHarmless) {
  const auto key = parse("\"f|\\e[2J\"");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().message.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace nepho::sigma
