#include "sigma/item_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"
#include "sigma/escape.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using namespace std::string_literals;

const Placeholders kPlaceholders = {{"admins", {"alice", "bob*"}},
                                    {"nets", {"10.0.0.0/8", "192.0.2.0/24"}}};

// Reads "key: values"; none when there is an error.
std::optional<Item> parse(const std::string& line, LoadReport& report) {
  const std::string file = "r.yml";
  const auto node = text::parse_yaml(line, file);
  EXPECT_TRUE(node) << line;
  const ParseContext context{file, kPlaceholders, kDefaultLimits, report};
  return ItemParser(context).parse(node->members[0].first, node->members[0].second);
}

Item item(const std::string& line) {
  LoadReport report;
  auto parsed = parse(line, report);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  return parsed.value_or(Item{});
}

std::string problem_of(const std::string& line) {
  LoadReport report;
  parse(line, report);
  if (report.problems().size() != 1) return std::to_string(report.problems().size()) + " problems";
  return std::string(report.problems()[0].error.code.name());
}

// The values as rule text.
std::vector<std::string> texts(const std::string& line) {
  std::vector<std::string> all;
  for (const Value& value : item(line).values)
    all.push_back(to_rule_text(std::get<TextValue>(value).pattern));
  return all;
}

TEST(ItemParser, FoldsUnlessCased) {
  EXPECT_THAT(texts("f: AbC"), ElementsAre("abc"));
  EXPECT_THAT(texts("f|cased: AbC"), ElementsAre("AbC"));
  EXPECT_TRUE(std::get<TextValue>(item("f|cased: A").values[0]).cased);
}

TEST(ItemParser, NumbersAndBooleansAreTexts) {
  EXPECT_THAT(texts("f: [404, 0x1F, true, TRUE, .5, '7']"),
              ElementsAre("404", "31", "true", "true", "0.5", "7"));
  const Item numbers = item("f: [404, '404', 0x1F]");
  EXPECT_EQ(std::get<TextValue>(numbers.values[0]).number, text::Decimal::parse("404"));
  EXPECT_FALSE(std::get<TextValue>(numbers.values[1]).number);
  EXPECT_EQ(std::get<TextValue>(numbers.values[2]).number, text::Decimal::parse("31"));
}

TEST(ItemParser, NullIsAValueOfItsOwn) {
  EXPECT_TRUE(std::holds_alternative<NullValue>(item("f: null").values[0]));
  EXPECT_TRUE(std::holds_alternative<NullValue>(item("f:").values[0]));
  EXPECT_THAT(texts("f: ''"), ElementsAre(""));
  EXPECT_EQ(problem_of("f|contains: null"), "sigma.bad_value");
}

TEST(ItemParser, ModifiersApplyInTheirOrder) {
  EXPECT_THAT(texts("f|contains: A"), ElementsAre("*a*"));
  EXPECT_THAT(texts("f|wide|base64: ab"), ElementsAre("yqbiaa=="));
  EXPECT_THAT(texts("f|wide|base64|cased: ab"), ElementsAre("YQBiAA=="));
  EXPECT_EQ(problem_of("f|contains|base64: a"), "sigma.bad_value");
  EXPECT_EQ(problem_of("f|utf16: a"), "sigma.bad_value");
  EXPECT_THAT(item("f|windash|contains|all: ['-a', '/b -c']").values, SizeIs(30));
}

TEST(ItemParser, FlagsAreOfTheItem) {
  const Item both = item("f|all|neq|contains: [a, b]");
  EXPECT_TRUE(both.all);
  EXPECT_TRUE(both.negated);
  EXPECT_EQ(both.field, "f");
  EXPECT_EQ(problem_of("f|all: a"), "sigma.single_all");
}

TEST(ItemParser, TypesAreRead) {
  EXPECT_EQ(std::get<RegexValue>(item("f|re|i: a.c").values[0]).regex.source(), "(?i)a.c");
  EXPECT_EQ(std::get<NumberValue>(item("f|gte: '10'").values[0]).comparison,
            Comparison::kGreaterOrEqual);
  EXPECT_FALSE(std::get<ExistsValue>(item("f|exists: false").values[0]).expected);
  EXPECT_EQ(std::get<FieldValue>(item("f|fieldref|endswith: a.b").values[0]),
            (FieldValue{.field = "a.b", .ends_with = true}));
  const auto hour = std::get<TimePartValue>(item("f|hour|lt: 7").values[0]);
  EXPECT_EQ(hour, (TimePartValue{TimePart::kHour, Comparison::kLess, 7}));
  EXPECT_EQ(std::get<TimePartValue>(item("f|year: '2026'").values[0]).number, 2026);
}

TEST(ItemParser, BadValuesAreErrors) {
  for (const char* line : {"f|gt: abc", "f|exists: 'true'", "f|exists: 1", "f|fieldref: 'a*'",
                           "f|fieldref: ''", "f|hour: 24", "f|hour: 1.5", "f|month: 0", "f: []"})
    EXPECT_EQ(problem_of(line), "sigma.bad_value") << line;
  EXPECT_EQ(problem_of("f|re: '(['"), "regex.bad");
  EXPECT_EQ(problem_of("f|cidr: x"), "cidr.bad_network");
  EXPECT_EQ(problem_of("f|cidr: 10.0.0.1/8"), "sigma.host_bits");
  EXPECT_EQ(problem_of("f: {g: 1}"), "sigma.wrong_type");
  EXPECT_EQ(problem_of("f: [[1]]"), "sigma.wrong_type");
}

TEST(ItemParser, PlaceholdersAreExpanded) {
  EXPECT_THAT(texts("f|contains|expand: 'X%admins%'"), ElementsAre("*xalice*", "*xbob*"));
  EXPECT_THAT(item("f|cidr|expand: '%nets%'").values, SizeIs(2));
  EXPECT_EQ(problem_of("f|expand: '%nobody%'"), "sigma.missing_placeholder");
  EXPECT_EQ(problem_of("f|expand: nothing"), "sigma.no_placeholder");
  EXPECT_THAT(texts("f: '%admins%'"), ElementsAre("%admins%"));
}

TEST(ItemParser, KeywordsAreLookedForInside) {
  EXPECT_THAT(texts("'|all': [Ab, c]"), ElementsAre("*ab*", "*c*"));
  EXPECT_THAT(texts("'|startswith': a"), ElementsAre("a*"));
  EXPECT_TRUE(item("'|re': a.c").is_keyword());
  EXPECT_EQ(problem_of("'|cidr': 10.0.0.0/8"), "sigma.bad_value");
  EXPECT_EQ(problem_of("'|all': [null, a]"), "sigma.bad_value");
}

TEST(ItemParser, PlacesAreThoseOfTheKey) {
  LoadReport report;
  const auto parsed = parse("\n  f|contains: x", report);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->line, 2U);
  EXPECT_EQ(parsed->column, 3U);
}

TEST(ItemParser, KeywordsStandWhereTheFirstOfThemDoes) {
  const std::string file = "r.yml";
  const auto list = text::parse_yaml("\n- one\n- 'two'\n", file);
  LoadReport report;
  const ParseContext context{file, kPlaceholders, kDefaultLimits, report};
  std::vector<const text::YamlNode*> scalars;
  for (const auto& node : list->items) scalars.push_back(&node);
  const auto keywords = ItemParser(context).parse_keywords(scalars);
  ASSERT_TRUE(keywords);
  EXPECT_TRUE(keywords->is_keyword());
  EXPECT_EQ(keywords->line, 2U);
  EXPECT_EQ(keywords->column, 3U);
  EXPECT_THAT(keywords->values, SizeIs(2));
}

TEST(ItemParser, EveryBadValueOfALineIsReported) {
  LoadReport report;
  EXPECT_FALSE(parse("f|gt: [1, x, 2, y]", report));
  ASSERT_THAT(report.problems(), SizeIs(2));
  EXPECT_EQ(to_string(report.problems()[0].error.place), "r.yml:1:11");
  EXPECT_EQ(to_string(report.problems()[1].error.place), "r.yml:1:17");
}

TEST(ItemParser, ANestedFieldGetsItsDottedName) {
  LoadReport report;
  EXPECT_FALSE(parse("userIdentity:\n  type: Root", report));
  ASSERT_THAT(report.problems(), SizeIs(1));
  EXPECT_THAT(report.problems()[0].error.hint, testing::HasSubstr("userIdentity.type"));
  EXPECT_EQ(to_string(report.problems()[0].error.place), "r.yml:2:3");
}

TEST(ItemParser, AllOfOneValueThatMakesSeveralIsNoOddity) {
  LoadReport report;
  const auto parsed = parse("f|windash|contains|all: '-a'", report);
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->values, SizeIs(5));
  EXPECT_TRUE(report.problems().empty());
}

TEST(ItemParser, TestsAreTheSameWhereverTheyStand) {
  const Item one = item("f|contains: A");
  EXPECT_TRUE(one.same_test(item("\n\n  f|contains: a")));
  EXPECT_FALSE(one.same_test(item("g|contains: a")));
  EXPECT_FALSE(one.same_test(item("f|contains|neq: a")));
  EXPECT_FALSE(one.same_test(item("f|contains|cased: A")));
  EXPECT_FALSE(item("f: [a, b]").same_test(item("f|all: [a, b]")));
  EXPECT_FALSE(item("f: 1").same_test(item("f: '1'"))) << "one also equals 1.0";
  EXPECT_TRUE(item("f|re: a").same_test(item("f|re: a")));
  EXPECT_FALSE(item("f|re: a").same_test(item("f|re|i: a")));
}

}  // namespace
}  // namespace nepho::sigma
