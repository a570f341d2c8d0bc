// Each kind of value from YAML text: what is taken, what is refused, and the bounds between.
#include "sigma/value_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"
#include "sigma/escape.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The values of "key: scalar", and what was said about them.
struct Outcome {
  bool good = false;
  std::vector<Value> values;
  LoadReport report;

  std::string problem() const {
    return report.problems().empty() ? "none" : to_string(report.problems()[0]);
  }
};

Outcome parse(const std::string& line, const Placeholders& placeholders = {},
              const Limits& limits = kDefaultLimits) {
  const std::string file = "r.yml";
  const auto node = text::parse_yaml(line, file);
  EXPECT_TRUE(node) << line;
  const auto key = parse_field_key(node->members[0].first, file);
  EXPECT_TRUE(key) << line;
  Outcome outcome;
  const ParseContext context{file, placeholders, limits, outcome.report};
  outcome.good = ValueParser(*key, context).parse(node->members[0].second, outcome.values);
  return outcome;
}

// The rule text of a line's only value.
std::string text_of(const std::string& line) {
  const Outcome outcome = parse(line);
  EXPECT_EQ(outcome.values.size(), 1U) << line << ": " << outcome.problem();
  if (outcome.values.size() != 1) return {};
  return to_rule_text(std::get<TextValue>(outcome.values[0]).pattern);
}

bool is_taken(const std::string& line) { return parse(line).good; }

TEST(ValueParser, NumbersAreTheTextThatALogWouldWrite) {
  EXPECT_EQ(text_of("f: 404"), "404");
  EXPECT_EQ(text_of("f: -1"), "-1");
  EXPECT_EQ(text_of("f: 0x1F"), "31");
  EXPECT_EQ(text_of("f: 0o17"), "15");
  EXPECT_EQ(text_of("f: .5"), "0.5");
  EXPECT_EQ(text_of("f: -.5"), "-0.5");
  EXPECT_EQ(text_of("f: 5."), "5");
  EXPECT_EQ(text_of("f: 1e3"), "1e3");
}

TEST(ValueParser, NumbersBeyond64BitsStayExact) {
  const Outcome outcome = parse("f: 123456789012345678901234567890");
  ASSERT_EQ(outcome.values.size(), 1U);
  const auto& value = std::get<TextValue>(outcome.values[0]);
  EXPECT_EQ(to_rule_text(value.pattern), "123456789012345678901234567890");
  EXPECT_EQ(value.number, text::Decimal::parse("123456789012345678901234567890"));
  EXPECT_NE(value.number, text::Decimal::parse("123456789012345678901234567891"));
}

TEST(ValueParser, ANumberInQuotesOrUnderAModifierIsATextOnly) {
  const auto has_number = [](const std::string& line) {
    return std::get<TextValue>(parse(line).values.at(0)).number.has_value();
  };
  EXPECT_TRUE(has_number("f: 7"));
  EXPECT_TRUE(has_number("f|neq: 7"));
  EXPECT_FALSE(has_number("f: '7'"));
  EXPECT_FALSE(has_number("f|contains: 7"));
  EXPECT_FALSE(has_number("'|all': 7"));
}

TEST(ValueParser, LeadingZerosStay) {
  EXPECT_EQ(text_of("account: 012345678901"), "012345678901");
  EXPECT_EQ(text_of("account: '012345678901'"), "012345678901");
}

TEST(ValueParser, BooleansAreLowerCaseWhateverTheirSpelling) {
  for (const char* spelling : {"true", "True", "TRUE"})
    EXPECT_EQ(text_of("f|cased: " + std::string(spelling)), "true");
  EXPECT_EQ(text_of("f|cased: 'True'"), "True");
  // Booleans of YAML 1.1 are words in 1.2, as they are in logs.
  EXPECT_EQ(text_of("f|cased: Yes"), "Yes");
  EXPECT_EQ(text_of("f|cased: on"), "on");
}

TEST(ValueParser, NullGoesWithFlagsOnly) {
  EXPECT_TRUE(is_taken("f: null"));
  EXPECT_TRUE(is_taken("f|neq: ~"));
  EXPECT_TRUE(is_taken("f|cased: null"));
  for (const char* modifier : {"contains", "re", "cidr", "gt", "exists", "fieldref", "windash"}) {
    const Outcome outcome = parse("f|" + std::string(modifier) + ": null");
    EXPECT_FALSE(outcome.good) << modifier;
    EXPECT_THAT(outcome.problem(), HasSubstr("error[sigma.bad_value]")) << modifier;
  }
}

TEST(ValueParser, ErrorsStandAtTheValue) {
  EXPECT_THAT(parse("f|gt:   abc").problem(),
              HasSubstr("r.yml:1:9: error[sigma.bad_value]: expected a number, found 'abc'"));
  EXPECT_THAT(parse("f|hour:\n  24").problem(), HasSubstr("r.yml:2:3:"));
}

TEST(ValueParser, WhatAnAttackerWroteIsShownHarmless) {
  const std::string problem = parse("f|gt: \"\\e[31m\\n\"").problem();
  EXPECT_EQ(problem.find('\x1b'), std::string::npos);
  EXPECT_EQ(problem.find('\n'), std::string::npos) << problem;
}

TEST(ValueParser, TimePartsHaveTheRangeOfTheirUnit) {
  struct Range {
    const char* modifier;
    int first;
    int last;
  };
  for (const auto& [modifier, first, last] : std::initializer_list<Range>{{"minute", 0, 59},
                                                                          {"hour", 0, 23},
                                                                          {"day", 1, 31},
                                                                          {"week", 1, 53},
                                                                          {"month", 1, 12},
                                                                          {"year", 1, 9999}}) {
    const std::string key = "f|" + std::string(modifier) + ": ";
    EXPECT_TRUE(is_taken(key + std::to_string(first))) << key;
    EXPECT_TRUE(is_taken(key + std::to_string(last))) << key;
    EXPECT_FALSE(is_taken(key + std::to_string(first - 1))) << key;
    EXPECT_FALSE(is_taken(key + std::to_string(last + 1))) << key;
    EXPECT_FALSE(is_taken(key + "noon")) << key;
    EXPECT_FALSE(is_taken(key + "1.5")) << key;
    EXPECT_FALSE(is_taken(key + "99999999999999999999")) << key;
  }
}

TEST(ValueParser, TimePartsTakeAComparisonInEitherOrder) {
  for (const char* line : {"f|hour|gte: 22", "f|gte|hour: 22"}) {
    const Outcome outcome = parse(line);
    ASSERT_EQ(outcome.values.size(), 1U) << line << outcome.problem();
    EXPECT_EQ(std::get<TimePartValue>(outcome.values[0]),
              (TimePartValue{TimePart::kHour, Comparison::kGreaterOrEqual, 22}))
        << line;
  }
}

TEST(ValueParser, ComparisonsTakeNumbersAndNumericTexts) {
  for (const char* value : {"5", "-5", "0.5", "'5'", "1e6", "9007199254740993"})
    EXPECT_TRUE(is_taken("f|lt: " + std::string(value))) << value;
  for (const char* value : {"abc", "true", "''", "'5 '", "0x1G", ".inf", "5kg"})
    EXPECT_FALSE(is_taken("f|lt: " + std::string(value))) << value;
}

TEST(ValueParser, EveryComparisonIsItsOwn) {
  const auto comparison = [](const std::string& line) {
    return std::get<NumberValue>(parse(line).values.at(0)).comparison;
  };
  EXPECT_EQ(comparison("f|lt: 1"), Comparison::kLess);
  EXPECT_EQ(comparison("f|lte: 1"), Comparison::kLessOrEqual);
  EXPECT_EQ(comparison("f|gt: 1"), Comparison::kGreater);
  EXPECT_EQ(comparison("f|gte: 1"), Comparison::kGreaterOrEqual);
}

TEST(ValueParser, ExistsTakesBooleansAndSaysHowToWriteThem) {
  EXPECT_TRUE(std::get<ExistsValue>(parse("f|exists: true").values.at(0)).expected);
  EXPECT_FALSE(std::get<ExistsValue>(parse("f|exists: false").values.at(0)).expected);
  EXPECT_THAT(parse("f|exists: 'yes'").problem(), HasSubstr("write it without quotes"));
  EXPECT_THAT(parse("f|exists: yes").problem(), Not(HasSubstr("without quotes")));
}

TEST(ValueParser, NetworksOfBothVersionsAreRead) {
  for (const char* network :
       {"10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "192.0.2.1", "2001:db8::/32", "::1/128", "::/0"})
    EXPECT_TRUE(is_taken("f|cidr: '" + std::string(network) + "'")) << network;
  for (const char* network : {"10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/",
                              "2001:db8::/129", "host.example/8", "", "10.0.0.*"})
    EXPECT_FALSE(is_taken("f|cidr: '" + std::string(network) + "'")) << network;
}

TEST(ValueParser, BitsBeyondThePrefixAreWarnedOf) {
  EXPECT_THAT(parse("f|cidr: 10.1.0.0/8").problem(), HasSubstr("warning[sigma.host_bits]"));
  EXPECT_EQ(parse("f|cidr: 10.0.0.0/8").problem(), "none");
  EXPECT_THAT(parse("f|cidr: '2001:db8::1/32'").problem(), HasSubstr("warning[sigma.host_bits]"));
}

TEST(ValueParser, RegexFlagsChangeTheExpression) {
  const auto regex = [](const std::string& line) {
    return std::get<RegexValue>(parse(line).values.at(0)).regex;
  };
  EXPECT_FALSE(regex("f|re: a.c").search("A\nC"));
  EXPECT_TRUE(regex("f|re|i: a.c").search("AbC"));
  EXPECT_FALSE(regex("f|re|i: a.c").search("A\nC"));
  EXPECT_TRUE(regex("f|re|i|s: a.c").search("A\nC"));
  EXPECT_TRUE(regex("f|re|m: '^b$'").search("a\nb\nc"));
  EXPECT_FALSE(regex("f|re: '^b$'").search("a\nb\nc"));
}

TEST(ValueParser, RegexesAreTheirTextWhateverYamlTakesItFor) {
  const Outcome outcome = parse("f|re: 0x1F");
  EXPECT_TRUE(std::get<RegexValue>(outcome.values.at(0)).regex.search("0x1F"));
  EXPECT_FALSE(std::get<RegexValue>(outcome.values.at(0)).regex.search("31"));
}

TEST(ValueParser, RegexesThatCannotRunInLinearTimeAreRefusedWithTheReason) {
  for (const char* regex : {"(a)\\\\1", "(?=a)b", "(?<!a)b"}) {
    const Outcome outcome = parse("f|re: \"" + std::string(regex) + "\"");
    EXPECT_FALSE(outcome.good) << regex;
    EXPECT_THAT(outcome.problem(), HasSubstr("error[regex.")) << regex;
  }
}

TEST(ValueParser, FieldReferencesNameAFieldWithoutWildcards) {
  const auto reference = [](const std::string& line) {
    return std::get<FieldValue>(parse(line).values.at(0));
  };
  EXPECT_EQ(reference("f|fieldref: a.b").field, "a.b");
  EXPECT_EQ(reference("f|fieldref: 'a\\*b'").field, "a*b");
  EXPECT_TRUE(reference("f|fieldref|cased: a").cased);
  for (const char* bad : {"''", "'a*'", "'?'", "'*'"})
    EXPECT_FALSE(is_taken("f|fieldref: " + std::string(bad))) << bad;
}

TEST(ValueParser, AFieldReferenceAtBothEndsIsContains) {
  const FieldValue expected{.field = "g", .contains = true};
  for (const char* line : {"f|fieldref|contains: g", "f|fieldref|startswith|endswith: g",
                           "f|endswith|startswith|fieldref: g"})
    EXPECT_EQ(std::get<FieldValue>(parse(line).values.at(0)), expected) << line;
}

TEST(ValueParser, PlaceholdersArePutInBeforeAnythingElse) {
  const Placeholders known = {{"name", {"Secret", "*"}}};
  const Outcome outcome = parse("f|base64|contains|expand: '%name%'", {{"name", {"Secret"}}});
  ASSERT_EQ(outcome.values.size(), 1U) << outcome.problem();
  EXPECT_EQ(to_rule_text(std::get<TextValue>(outcome.values[0]).pattern), "*u2vjcmv0*");
  // A wildcard in the value cannot be encoded; nothing of the line is kept then.
  const Outcome refused = parse("f|base64|expand: '%name%'", known);
  EXPECT_FALSE(refused.good);
  EXPECT_THAT(refused.values, IsEmpty());
}

TEST(ValueParser, AnExpandWithoutNameIsAWarningAndIsKept) {
  const Outcome outcome = parse("f|expand: plain");
  EXPECT_TRUE(outcome.good);
  EXPECT_EQ(outcome.values.size(), 1U);
  EXPECT_THAT(outcome.problem(), HasSubstr("warning[sigma.no_placeholder]"));
}

TEST(ValueParser, AnItemHasNoMoreValuesThanTheLimit) {
  const Placeholders known = {{"n", {"1", "2", "3"}}};
  Limits limits;
  limits.max_values_per_item = 9;
  EXPECT_EQ(parse("f|expand: '%n%%n%'", known, limits).values.size(), 9U);
  const Outcome outcome = parse("f|expand: '%n%%n%%n%'", known, limits);
  EXPECT_THAT(outcome.problem(), HasSubstr("error[sigma.too_many]"));
  EXPECT_THAT(outcome.values, IsEmpty());
}

TEST(ValueParser, TheLimitCountsTheValuesThatWereThereBefore) {
  const std::string file = "r.yml";
  const auto node = text::parse_yaml("f|windash: '-a'", file);
  const auto key = parse_field_key(node->members[0].first, file);
  Limits limits;
  limits.max_values_per_item = 8;
  LoadReport report;
  const Placeholders none;
  const ParseContext context{file, none, limits, report};
  const ValueParser parser(*key, context);
  std::vector<Value> values;
  EXPECT_TRUE(parser.parse(node->members[0].second, values));
  EXPECT_EQ(values.size(), 5U);
  EXPECT_FALSE(parser.parse(node->members[0].second, values));
  EXPECT_EQ(values.size(), 5U) << "what went wrong leaves nothing behind";
}

TEST(ValueParser, Utf16AloneIsRefusedWhereNoTextCanHoldIt) {
  EXPECT_TRUE(is_taken("f|utf16le|base64: é"));
  EXPECT_THAT(parse("f|utf16le: é").problem(), HasSubstr("put base64 behind it"));
  EXPECT_TRUE(is_taken("f|utf16le: e")) << "ASCII with zero bytes between is UTF-8";
}

TEST(ValueParser, KeywordsAreTextsAndRegexesOnly) {
  EXPECT_EQ(text_of("'|windash|contains': a"), "*a*");
  EXPECT_EQ(text_of("'|endswith': a"), "*a");
  EXPECT_TRUE(is_taken("'|re': a"));
  for (const char* line : {"'|cidr': 10.0.0.0/8", "'|gt': 5", "'|exists': true", "'|fieldref': a",
                           "'|hour': 5", "'': null"})
    EXPECT_THAT(parse(line).problem(), HasSubstr("error[sigma.bad_value]")) << line;
}

}  // namespace
}  // namespace nepho::sigma
