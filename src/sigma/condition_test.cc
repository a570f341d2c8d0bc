#include "sigma/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

constexpr std::size_t kColumn = 16;

std::string canonical(std::string_view text) {
  const auto condition = parse_condition(text, {});
  return condition ? to_string(*condition) : std::string(condition.error().code.name());
}

Error error_of(std::string_view text) {
  auto condition = parse_condition(text, {.file = "r.yml", .line = 9, .column = kColumn});
  EXPECT_FALSE(condition) << text;
  return condition ? Error(kBadCondition, "none") : condition.error();
}

TEST(Condition, BindsNotBeforeAndBeforeOr) {
  EXPECT_EQ(canonical("not a and b or c"), "not a and b or c");
  EXPECT_EQ(canonical("((not a) and b) or c"), "not a and b or c");
  EXPECT_EQ(canonical("not (a and (b or c))"), "not (a and (b or c))");
  EXPECT_EQ(canonical("a and (b and c)"), "a and b and c");
}

TEST(Condition, ReadsQuantifiersAndBlanks) {
  EXPECT_EQ(canonical(" any  of sel_*\n and not ALL of them "), "1 of sel_* and not all of them");
  EXPECT_EQ(canonical("1 of sel"), "1 of sel");
}

TEST(Condition, ErrorsPointIntoTheText) {
  EXPECT_EQ(error_of("a and").place.column, kColumn + 5);
  EXPECT_EQ(error_of("(a or b").place.column, kColumn);
  EXPECT_EQ(error_of("a or b)").place.column, kColumn + 6);
  EXPECT_EQ(error_of("a b").place.column, kColumn + 2);
  EXPECT_EQ(error_of("a and or b").place.column, kColumn + 6);
  EXPECT_EQ(error_of("2 of them").code, kBadCondition);
  EXPECT_EQ(error_of("1 of").code, kBadCondition);
  EXPECT_EQ(error_of("").code, kBadCondition);
  EXPECT_EQ(error_of("()").code, kBadCondition);
}

TEST(Condition, OldAggregationIsNamed) {
  EXPECT_EQ(error_of("sel | count() by x > 5").code, kOldAggregation);
}

TEST(Condition, DepthIsBounded) {
  EXPECT_EQ(error_of(std::string(1000, '(')).code, kTooMany);
  std::string nots = "a";
  for (int i = 0; i < 1000; ++i) nots = "not " + nots;
  EXPECT_EQ(error_of(nots).code, kTooMany);
}

// A random condition as text, with more parentheses than needed.
std::string random_condition(std::mt19937& random, int depth) {
  const auto choice = std::uniform_int_distribution<int>(0, depth > 0 ? 5 : 1)(random);
  if (choice == 0) return std::string(1, static_cast<char>('a' + random() % 3));
  if (choice == 1) return random() % 2 == 0 ? "1 of a*" : "all of them";
  if (choice == 2) return "not (" + random_condition(random, depth - 1) + ")";
  const std::string word = choice == 3 ? " or " : " and ";
  return "(" + random_condition(random, depth - 1) + word + random_condition(random, depth - 1) +
         ")";
}

TEST(Condition, ReadsBackWhatItWrites) {
  std::mt19937 random(7);
  for (int i = 0; i < 3'000; ++i) {
    const auto condition = parse_condition(random_condition(random, 6), {});
    ASSERT_TRUE(condition);
    const auto again = parse_condition(to_string(*condition), {});
    ASSERT_TRUE(again) << to_string(*condition);
    ASSERT_EQ(*again, *condition) << to_string(*condition);
  }
}

std::vector<Selection> selections(std::initializer_list<std::string_view> names) {
  std::vector<Selection> all;
  for (const auto name : names)
    all.push_back({std::string(name), Expression::of_item(all.size()), {}});
  return all;
}

// The items under "and"/"or" as text: "&(0 1)".
std::string shape(const Expression& expression) {
  if (expression.kind == Expression::Kind::kItem) return std::to_string(expression.item);
  std::string text = expression.kind == Expression::Kind::kAnd  ? "&("
                     : expression.kind == Expression::Kind::kOr ? "|("
                                                                : "!(";
  for (const auto& child : expression.children) text += (text.size() > 2 ? " " : "") + shape(child);
  return text + ")";
}

std::string resolved(std::string_view text, std::vector<Selection> all) {
  const auto condition = parse_condition(text, {});
  const auto expression = resolve(*condition, all, {});
  return expression ? shape(*expression) : std::string(expression.error().code.name());
}

TEST(Condition, OneOfThemIgnoresUnderscoreSelections) {
  EXPECT_EQ(resolved("1 of them", selections({"a", "_b", "c"})), "|(0 2)");
  EXPECT_EQ(resolved("all of _*", selections({"a", "_b", "_c"})), "&(1 2)");
}

TEST(Condition, PatternsHaveStarsAnywhere) {
  const auto all = selections({"s_a_x", "s_b_x", "s_c_y"});
  EXPECT_EQ(resolved("1 of s_*_x", all), "|(0 1)");
  EXPECT_EQ(resolved("all of *_y", all), "2");
  EXPECT_EQ(resolved("not 1 of s*", all), "!(|(0 1 2))");
}

TEST(Condition, UnknownSelectionsAreErrors) {
  EXPECT_EQ(resolved("a and nope", selections({"a"})), "sigma.unknown_selection");
  EXPECT_EQ(resolved("1 of x_*", selections({"a"})), "sigma.unknown_selection");
  EXPECT_EQ(resolved("1 of them", selections({"_a"})), "sigma.unknown_selection");
}

TEST(Condition, UseIsMarked) {
  auto all = selections({"a", "b"});
  ASSERT_TRUE(resolve(*parse_condition("a", {}), all, {}));
  EXPECT_TRUE(all[0].used);
  EXPECT_FALSE(all[1].used);
}

}  // namespace
}  // namespace nepho::sigma
