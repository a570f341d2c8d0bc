#include "sigma/detection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The detection of a YAML mapping, and the codes of what was said about it.
struct Outcome {
  std::optional<Detection> detection;
  std::vector<std::string> codes;
};

Outcome parse(const std::string& yaml) {
  const std::string file = "r.yml";
  const auto root = text::parse_yaml("detection:\n" + yaml, file);
  EXPECT_TRUE(root) << yaml;
  LoadReport report;
  const Placeholders placeholders;
  const ParseContext context{file, placeholders, kDefaultLimits, report};
  Outcome outcome;
  outcome.detection = parse_detection(root->members[0].first, root->members[0].second, {}, context);
  for (const Problem& problem : report.problems())
    outcome.codes.emplace_back(problem.error.code.name());
  return outcome;
}

// "&(0 |(1 2))": the tree with its items by number.
std::string shape(const Expression& expression) {
  if (expression.kind == Expression::Kind::kItem) return std::to_string(expression.item);
  std::string text(1, "&|!"[static_cast<int>(expression.kind)]);
  for (const Expression& child : expression.children)
    text += (text.size() == 1 ? "(" : " ") + shape(child);
  return text + ")";
}

std::string shape_of(const std::string& yaml) {
  const Outcome outcome = parse(yaml);
  return outcome.detection ? shape(outcome.detection->condition)
                           : testing::PrintToString(outcome.codes);
}

TEST(Detection, LinesOfAMappingAreJoinedByAnd) {
  EXPECT_EQ(shape_of("  s: {a: 1, b: 2}\n  condition: s\n"), "&(0 1)");
  EXPECT_EQ(shape_of("  s: {a: 1}\n  condition: s\n"), "0");
}

TEST(Detection, MappingsOfAListAreJoinedByOr) {
  EXPECT_EQ(shape_of("  s:\n    - {a: 1, b: 2}\n    - {c: 3}\n  condition: s\n"), "|(&(0 1) 2)");
}

TEST(Detection, KeywordsOfAListAreOneItem) {
  const Outcome outcome = parse("  s: [one, {f: x}, two]\n  condition: s\n");
  ASSERT_TRUE(outcome.detection);
  EXPECT_EQ(shape(outcome.detection->condition), "|(0 1)");
  EXPECT_EQ(outcome.detection->items[0].field, "f");
  EXPECT_TRUE(outcome.detection->items[1].is_keyword());
  EXPECT_EQ(outcome.detection->items[1].values.size(), 2U);
}

TEST(Detection, ConditionsOfAListAreJoinedByOr) {
  EXPECT_EQ(shape_of("  a: {f: 1}\n  b: {f: 2}\n  condition: [a, not b]\n"), "|(0 !(1))");
}

TEST(Detection, TheSameSelectionMayBeUsedTwice) {
  EXPECT_EQ(shape_of("  a: {f: 1}\n  b: {f: 2}\n  condition: a and b or a and not b\n"),
            "|(&(0 1) &(0 !(1)))");
}

TEST(Detection, ItemsKeepTheirPlaces) {
  const Outcome outcome = parse("  s:\n    a: 1\n    b|contains: x\n  condition: s\n");
  ASSERT_TRUE(outcome.detection);
  EXPECT_EQ(outcome.detection->items[1].line, 4U);
  EXPECT_EQ(outcome.detection->items[1].column, 5U);
}

TEST(Detection, IsNegatedWhenEveryPartSaysNot) {
  const auto is_negated = [](const std::string& condition) {
    return parse("  a: {f: 1}\n  b: {f: 2}\n  condition: " + condition + "\n")
        .detection->is_negated;
  };
  EXPECT_TRUE(is_negated("not a or not b"));
  EXPECT_TRUE(is_negated("not 1 of them"));
  EXPECT_FALSE(is_negated("a and not b"));
  EXPECT_FALSE(is_negated("1 of them"));
}

TEST(Detection, EmptyAndOddSelectionsAreErrors) {
  EXPECT_THAT(parse("  s: {}\n  condition: s\n").codes, ElementsAre("sigma.bad_value"));
  EXPECT_THAT(parse("  s: []\n  condition: s\n").codes, ElementsAre("sigma.bad_value"));
  EXPECT_THAT(parse("  s:\n  condition: s\n").codes, ElementsAre("sigma.bad_value"));
  EXPECT_THAT(parse("  s: [[x]]\n  condition: s\n").codes, ElementsAre("sigma.wrong_type"));
  EXPECT_THAT(parse("  s: {f: 1}\n  condition: {s: 1}\n").codes, ElementsAre("sigma.wrong_type"));
  EXPECT_THAT(parse("  s: {f: 1}\n  condition: []\n").codes, ElementsAre("sigma.bad_condition"));
  EXPECT_THAT(parse("  - s\n").codes, ElementsAre("sigma.wrong_type"));
}

TEST(Detection, TimeframeIsKeptAndWarnedOf) {
  const Outcome outcome = parse("  s: {f: 1}\n  timeframe: 5m\n  condition: s\n");
  ASSERT_TRUE(outcome.detection);
  EXPECT_EQ(outcome.detection->timeframe, "5m");
  EXPECT_THAT(outcome.codes, ElementsAre("sigma.timeframe"));
}

TEST(Detection, ASelectionThatGrowsTooLargeIsRefused) {
  std::string yaml = "  s:\n";
  for (int i = 0; i < 400; ++i) yaml += "    f" + std::to_string(i) + ": 1\n";
  yaml += "  condition: s";
  for (int i = 0; i < 300; ++i) yaml += " and s";
  EXPECT_THAT(parse(yaml + "\n").codes, ElementsAre("sigma.too_many"));
}

TEST(Detection, AConditionMayStandAboveWhatItNames) {
  EXPECT_EQ(shape_of("  condition: a and not b\n  b: {f: 2}\n  a: {f: 1}\n"), "&(1 !(0))");
}

TEST(Detection, AKeywordAloneIsASelection) {
  const Outcome outcome = parse("  s: needle\n  condition: s\n");
  ASSERT_TRUE(outcome.detection);
  EXPECT_TRUE(outcome.detection->items[0].is_keyword());
}

TEST(Detection, EveryErrorIsReportedNotOnlyTheFirst) {
  const Outcome outcome =
      parse("  a: {f|nope: 1, g|gt: x}\n  b: {h|cidr: y}\n  condition: a and c\n");
  EXPECT_FALSE(outcome.detection);
  EXPECT_THAT(outcome.codes, ElementsAre("sigma.unknown_modifier", "sigma.bad_value",
                                         "cidr.bad_network", "sigma.unknown_selection"));
}

TEST(Detection, NothingIsSaidOfUnusedSelectionsWhereAnErrorMayBeTheReason) {
  EXPECT_THAT(parse("  a: {f: 1}\n  b: {f: 2}\n  condition: a and\n").codes,
              ElementsAre("sigma.bad_condition"));
}

TEST(Detection, UnusedSelectionsAreWarnedOfOneByOne) {
  const Outcome outcome = parse("  a: {f: 1}\n  b: {f: 2}\n  _c: {f: 3}\n  condition: a\n");
  EXPECT_TRUE(outcome.detection);
  EXPECT_THAT(outcome.codes, ElementsAre("sigma.unused_selection", "sigma.unused_selection"));
  EXPECT_EQ(outcome.detection->items.size(), 3U) << "kept, used or not";
}

TEST(Detection, MissingPartsAreNamedTogether) {
  EXPECT_THAT(parse("  condition: a\n").codes, ElementsAre("sigma.missing_key"));
  EXPECT_THAT(parse("  a: {f: 1}\n").codes, ElementsAre("sigma.missing_key"));
  EXPECT_THAT(parse("  timeframe: 5m\n").codes,
              ElementsAre("sigma.missing_key", "sigma.missing_key", "sigma.timeframe"));
}

TEST(Detection, AConditionWithoutTextIsAnError) {
  EXPECT_THAT(parse("  a: {f: 1}\n  condition:\n").codes, ElementsAre("sigma.bad_condition"));
  EXPECT_THAT(parse("  a: {f: 1}\n  condition: ''\n").codes, ElementsAre("sigma.bad_condition"));
  EXPECT_THAT(parse("  a: {f: 1}\n  condition: [a, [a]]\n").codes, ElementsAre("sigma.wrong_type"));
}

TEST(Detection, AConditionNamedLikeAKeyOfItsOwnIsNoSelection) {
  const std::string file = "r.yml";
  const auto root = text::parse_yaml("filter: {rules: [x], s: {f: 1}, condition: 1 of them}", file);
  LoadReport report;
  const Placeholders none;
  const std::array<std::string_view, 1> other_keys = {"rules"};
  const auto detection = parse_detection(root->members[0].first, root->members[0].second,
                                         other_keys, {file, none, kDefaultLimits, report});
  ASSERT_TRUE(detection);
  EXPECT_EQ(detection->items.size(), 1U);
  EXPECT_TRUE(report.problems().empty());
}

// "error place": of the first problem.
std::string place_of(const std::string& yaml) {
  const std::string file = "r.yml";
  const auto root = text::parse_yaml("detection:\n" + yaml, file);
  LoadReport report;
  const Placeholders none;
  parse_detection(root->members[0].first, root->members[0].second, {},
                  {file, none, kDefaultLimits, report});
  return report.problems().empty() ? "none" : to_string(report.problems()[0].error.place);
}

TEST(Detection, ErrorsInAPlainConditionPointAtTheWord) {
  EXPECT_EQ(place_of("  a: {f: 1}\n  condition: a and nope\n"), "r.yml:3:20");
  EXPECT_EQ(place_of("  a: {f: 1}\n  condition: a nd a\n"), "r.yml:3:16");
  EXPECT_EQ(place_of("  a: {f: 1}\n  condition:\n    - a\n    - b\n"), "r.yml:5:7");
}

// Escapes and folding move bytes about, so that only the whole can be pointed at.
TEST(Detection, ErrorsInAQuotedConditionPointAtTheWhole) {
  EXPECT_EQ(place_of("  a: {f: 1}\n  condition: 'a and nope'\n"), "r.yml:3:14");
  EXPECT_EQ(place_of("  a: {f: 1}\n  condition: >\n    a\n    and nope\n"), "r.yml:3:14");
}

TEST(Detection, AListOfConditionsIsBoundedAsAWhole) {
  std::string yaml = "  s:\n";
  for (int i = 0; i < 100; ++i) yaml += "    f" + std::to_string(i) + ": 1\n";
  yaml += "  condition:\n";
  for (int i = 0; i < 1'500; ++i) yaml += "    - s\n";  // 1'500 x 101 nodes
  EXPECT_THAT(parse(yaml).codes, ElementsAre("sigma.too_many"));
}

TEST(Detection, IsNegatedLooksAtEveryCondition) {
  const auto is_negated = [](const std::string& condition) {
    return parse("  a: {f: 1}\n  b: {f: 2}\n  condition: " + condition + "\n")
        .detection->is_negated;
  };
  EXPECT_TRUE(is_negated("[not a, not b]"));
  EXPECT_FALSE(is_negated("[not a, b]"));
  EXPECT_TRUE(is_negated("not (a or b)"));
  EXPECT_TRUE(is_negated("not a and not b"));
}

TEST(Detection, AnOptionalFilterWithoutItsPlaceholderTakesNothingAway) {
  const std::string rule =
      "  s: {a: 1}\n  filter_optional_own: {b|expand: '%own%', c: 2}\n"
      "  condition: s and not 1 of filter_optional_*\n";
  EXPECT_EQ(shape_of(rule), "&(0 !(|)))");
  EXPECT_THAT(parse(rule).codes, ElementsAre("sigma.filter_left_out"));
  // One element of a list is enough to leave all of it out.
  EXPECT_EQ(shape_of("  s: {a: 1}\n  filter_optional_own: [{c: 2}, {b|expand: ['x', '%own%']}]\n"
                     "  condition: s and not filter_optional_own\n"),
            "&(0 !(|)))");
}

TEST(Detection, AnyOtherSelectionNeedsItsPlaceholder) {
  for (const std::string name : {"filter_main_own", "s", "filter"}) {
    const std::string rule = "  " + name + ": {b|expand: '%own%'}\n  condition: " + name + "\n";
    EXPECT_THAT(parse(rule).codes, ElementsAre("sigma.missing_placeholder")) << name;
  }
}

TEST(Detection, AnOptionalFilterWithoutPlaceholdersIsReadAsAnyOther) {
  EXPECT_EQ(shape_of("  s: {a: 1}\n  filter_optional_own: {b: '%own%'}\n"
                     "  condition: s and not filter_optional_own\n"),
            "&(0 !(1))");
}

}  // namespace
}  // namespace nepho::sigma
