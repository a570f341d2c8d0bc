// What holds between the documents of a load: filters and the rules they name, ids that repeat.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sigma/errors.h"
#include "sigma/load.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kFirstId = "0a1b2c3d-0000-4000-8000-000000000001";
constexpr const char* kSecondId = "0a1b2c3d-0000-4000-8000-000000000002";

std::string rule(const std::string& id, const std::string& name = "",
                 const std::string& logsource = "{product: aws, service: cloudtrail}") {
  return "title: t\nid: " + id + "\n" + (name.empty() ? "" : "name: " + name + "\n") +
         "logsource: " + logsource + "\ndetection: {a: {f: 1}, condition: a}\n---\n";
}

std::string filter(const std::string& rules, const std::string& logsource = "{product: aws}",
                   const std::string& condition = "s") {
  return "title: f\nlogsource: " + logsource + "\nfilter:\n    rules: " + rules +
         "\n    s: {u: x}\n    condition: " + condition + "\n---\n";
}

std::vector<Document> linked(const std::string& yaml, const LoadOptions& options = {}) {
  auto documents = parse_documents(yaml, "r.yml", options);
  link_documents(documents, options);
  return documents;
}

// How many filters the rule at `index` got: the items beyond its own one.
std::size_t num_filters(const std::vector<Document>& documents, std::size_t index) {
  return documents.at(index).rule.items.size() - 1;
}

std::vector<std::string> codes(const Document& document) {
  std::vector<std::string> all;
  for (const Problem& problem : document.problems) all.emplace_back(problem.error.code.name());
  return all;
}

TEST(Link, AFilterFindsItsRuleByIdOrName) {
  const std::string rules = rule(kFirstId, "first") + rule(kSecondId, "second");
  const auto by_id = linked(rules + filter("[" + std::string(kSecondId) + "]"));
  EXPECT_EQ(num_filters(by_id, 0), 0U);
  EXPECT_EQ(num_filters(by_id, 1), 1U);
  const auto by_name = linked(rules + filter("[first]"));
  EXPECT_EQ(num_filters(by_name, 0), 1U);
  EXPECT_EQ(num_filters(by_name, 1), 0U);
}

TEST(Link, AFilterMayStandBeforeItsRuleAndInOneScalar) {
  const auto documents = linked(filter("first") + rule(kFirstId, "first"));
  EXPECT_EQ(num_filters(documents, 1), 1U);
  EXPECT_THAT(codes(documents[0]), IsEmpty());
}

TEST(Link, ARuleNamedTwiceIsFilteredOnce) {
  const auto documents =
      linked(rule(kFirstId, "first") + filter("[first, " + std::string(kFirstId) + ", first]"));
  EXPECT_EQ(num_filters(documents, 0), 1U);
  EXPECT_THAT(codes(documents[1]), IsEmpty());
}

TEST(Link, SeveralRulesOfOneNameAreAllFiltered) {
  const auto documents = linked(rule(kFirstId, "same") + rule(kSecondId, "same") + filter("same"));
  EXPECT_EQ(num_filters(documents, 0), 1U);
  EXPECT_EQ(num_filters(documents, 1), 1U);
}

TEST(Link, AnyMeansEveryRuleOfTheLogsource) {
  const auto documents = linked(rule(kFirstId) + rule(kSecondId, "", "{product: gcp}") +
                                filter("any", "{product: aws}"));
  EXPECT_EQ(num_filters(documents, 0), 1U);
  EXPECT_EQ(num_filters(documents, 1), 0U);
}

TEST(Link, EveryPartThatAFiltersLogsourceNamesMustBeTheRules) {
  const auto is_applied = [](const std::string& logsource) {
    return num_filters(linked(rule(kFirstId, "r", "{product: p, category: c, service: s}") +
                              filter("r", logsource)),
                       0) == 1;
  };
  EXPECT_TRUE(is_applied("{product: p}"));
  EXPECT_TRUE(is_applied("{category: c}"));
  EXPECT_TRUE(is_applied("{product: p, category: c, service: s}"));
  EXPECT_FALSE(is_applied("{product: p, service: other}"));
  EXPECT_FALSE(is_applied("{product: P}"));
}

TEST(Link, NamesWithoutARuleThatFitsAreWarnedOfOneByOne) {
  const auto documents =
      linked(rule(kFirstId, "first", "{product: gcp}") + filter("[first, nobody]"));
  ASSERT_THAT(codes(documents[1]),
              ElementsAre("sigma.filter_without_rule", "sigma.filter_without_rule"));
  EXPECT_THAT(documents[1].problems[0].error.message, HasSubstr("another logsource"));
  EXPECT_THAT(documents[1].problems[1].error.message, HasSubstr("no rule that was loaded"));
}

TEST(Link, ABrokenRuleIsKnownAndLeftAlone) {
  std::string broken = rule(kFirstId, "first");
  broken.replace(broken.find("condition: a"), 12, "condition: b");
  const auto documents = linked(broken + filter("first"));
  EXPECT_FALSE(documents[0].is_runnable);
  EXPECT_THAT(documents[0].rule.items, IsEmpty());
  EXPECT_THAT(codes(documents[1]), IsEmpty()) << "the rule's own error is enough";
}

TEST(Link, ABrokenFilterChangesNothing) {
  const auto documents = linked(rule(kFirstId, "first") + filter("first", "{product: aws}", "t"));
  EXPECT_EQ(num_filters(documents, 0), 0U);
  EXPECT_THAT(codes(documents[1]), ElementsAre("sigma.unknown_selection"));
}

TEST(Link, FiltersKeepTheOrderOfTheDocuments) {
  std::string one = filter("first");
  std::string two = filter("first");
  two.replace(two.find("u: x"), 4, "u: y");
  const auto documents = linked(rule(kFirstId, "first") + one + two);
  ASSERT_EQ(documents[0].rule.items.size(), 3U);
  EXPECT_TRUE(documents[0].rule.items[1].same_test(documents[1].filter->items[0]));
  EXPECT_TRUE(documents[0].rule.items[2].same_test(documents[2].filter->items[0]));
}

TEST(Link, ARepeatedIdNamesThePlaceThatHasIt) {
  const auto documents = linked(rule(kFirstId) + rule(kFirstId));
  EXPECT_THAT(codes(documents[0]), IsEmpty());
  ASSERT_THAT(codes(documents[1]), ElementsAre("sigma.duplicate_id"));
  EXPECT_THAT(documents[1].problems[0].error.message, HasSubstr("r.yml:1:1"));
  EXPECT_TRUE(documents[1].is_runnable) << "a warning: both are run";
}

TEST(Link, DocumentsThatAreNoSigmaTakeNoId) {
  EXPECT_THAT(codes(linked("id: x\n---\nid: x\n")[1]), ElementsAre("sigma.not_sigma"));
}

bool holds(const Expression& expression, unsigned truths) {
  const auto child_holds = [&](const Expression& child) { return holds(child, truths); };
  switch (expression.kind) {
    case Expression::Kind::kItem: return (truths >> expression.item & 1U) != 0;
    case Expression::Kind::kNot: return !child_holds(expression.children[0]);
    case Expression::Kind::kAnd: return std::ranges::all_of(expression.children, child_holds);
    case Expression::Kind::kOr: break;
  }
  return std::ranges::any_of(expression.children, child_holds);
}

// The definition: rule and not filter, or, where the filter itself says not, rule and filter.
TEST(Link, FilteredRulesMeanRuleAndNotFilter) {
  const std::string detection =
      "title: t\nid: " + std::string(kFirstId) +
      "\nlogsource: {product: aws}\ndetection: {a: {f: 1}, b: {f: 2}, condition: a or b}\n---\n";
  struct Case {
    const char* condition;
    FilterReading reading;
    bool (*expected)(bool rule, bool s, bool t);
  };
  const Case cases[] = {
      {"s or t", FilterReading::kByConvention,
       [](bool rule, bool s, bool t) { return rule && !(s || t); }},
      {"s and t", FilterReading::kByConvention,
       [](bool rule, bool s, bool t) { return rule && !(s && t); }},
      {"not s", FilterReading::kByConvention, [](bool rule, bool s, bool) { return rule && !s; }},
      {"not (s and t)", FilterReading::kByConvention,
       [](bool rule, bool s, bool t) { return rule && !(s && t); }},
      {"s and not t", FilterReading::kByConvention,
       [](bool rule, bool s, bool t) { return rule && !(s && !t); }},
      {"s or t", FilterReading::kAsWritten,
       [](bool rule, bool s, bool t) { return rule && (s || t); }},
      {"not s and not t", FilterReading::kAsWritten,
       [](bool rule, bool s, bool t) { return rule && !s && !t; }},
  };
  for (const auto& [condition, reading, expected] : cases) {
    const auto documents =
        linked(detection +
                   "title: f\nlogsource: {product: aws}\nfilter:\n    rules: any\n    s: {u: x}\n"
                   "    t: {u: y}\n    condition: " +
                   condition + "\n",
               {.filters = reading});
    ASSERT_EQ(documents[0].rule.items.size(), 4U) << condition;
    for (unsigned truths = 0; truths < 16; ++truths) {
      const bool rule_holds = (truths & 3U) != 0;
      EXPECT_EQ(holds(documents[0].rule.condition, truths),
                expected(rule_holds, (truths & 4U) != 0, (truths & 8U) != 0))
          << condition << " " << truths;
    }
  }
}

}  // namespace
}  // namespace nepho::sigma
