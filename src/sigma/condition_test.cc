#include "sigma/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
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

// An evaluation of the text itself, by recursive descent: slow, plain, and written apart from the
// parser with its two stacks. Names are a, b, c; their truth is a bit of `truths`.
class PlainReader {
 public:
  PlainReader(std::string_view text, unsigned truths) : text_(text), truths_(truths) {}
  bool value() { return either(); }

 private:
  bool either() {
    bool value = both();
    while (take("or")) value = both() || value;
    return value;
  }
  bool both() {
    bool value = one();
    while (take("and")) value = one() && value;
    return value;
  }
  bool one() {
    if (take("not")) return !one();
    if (take("(")) {
      const bool value = either();
      EXPECT_TRUE(take(")"));
      return value;
    }
    for (const std::string_view name : {"a", "b", "c"})
      if (take(name)) return (truths_ >> (name[0] - 'a') & 1U) != 0;
    ADD_FAILURE() << text_;
    return false;
  }
  bool take(std::string_view word) {
    while (text_.starts_with(' ')) text_.remove_prefix(1);
    if (!text_.starts_with(word)) return false;
    const bool is_name = word != "(" && word != ")";
    if (is_name && text_.size() > word.size() && std::isalnum(text_[word.size()]) != 0)
      return false;
    text_.remove_prefix(word.size());
    return true;
  }

  std::string_view text_;
  unsigned truths_;
};

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

// Words and parentheses as people write them: not only those that are needed.
std::string random_text(std::mt19937& random, int depth) {
  const auto choice = random() % (depth > 0 ? 6 : 1);
  if (choice <= 1) return std::string(1, static_cast<char>('a' + random() % 3));
  if (choice == 2) return "not " + random_text(random, 0);
  if (choice == 3) return "(" + random_text(random, depth - 1) + ")";
  return random_text(random, depth - 1) + (choice == 4 ? " and " : " or ") +
         random_text(random, depth - 1);
}

TEST(Condition, MeansWhatAPlainReadingOfItMeans) {
  std::mt19937 random(3);
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = random_text(random, 5);
    auto all = selections({"a", "b", "c"});
    const auto condition = parse_condition(text, {});
    ASSERT_TRUE(condition) << text;
    const auto expression = resolve(*condition, all, {});
    ASSERT_TRUE(expression) << text;
    for (unsigned truths = 0; truths < 8; ++truths)
      ASSERT_EQ(holds(*expression, truths), PlainReader(text, truths).value()) << text << truths;
  }
}

// Whatever the words: an error with a place inside the text, or a condition that reads back.
TEST(Condition, AnySequenceOfWordsIsReadOrRefusedInPlace) {
  std::mt19937 random(8);
  constexpr std::string_view kWords[] = {"a",   "b*", "and", "or", "not",  "of",  "1",   "all",
                                         "any", "(",  ")",   "|",  "them", "AND", "\xFF"};
  std::size_t num_read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (unsigned i = random() % 8; i > 0; --i)
      text += std::string(kWords[random() % std::size(kWords)]) + " ";
    const auto condition = parse_condition(text, {.file = "r.yml", .line = 1, .column = 1});
    if (!condition) {
      ASSERT_LE(condition.error().place.column, text.size() + 1) << text;
      continue;
    }
    ++num_read;
    const auto again = parse_condition(to_string(*condition), {});
    ASSERT_TRUE(again) << text;
    ASSERT_EQ(*again, *condition) << text;
  }
  EXPECT_GT(num_read, 200U) << "the words are not too wild to be read now and then";
}

TEST(Condition, NestingUpToTheLimitIsRead) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "a" + std::string(depth, ')');
  };
  EXPECT_TRUE(parse_condition(nested(kDefaultLimits.max_condition_depth), {}));
  EXPECT_EQ(error_of(nested(kDefaultLimits.max_condition_depth + 1)).code, kTooMany);
}

// The depth of the tree counts, not only that of the parentheses: "a and (b or (a and (...".
TEST(Condition, AlternatingOperatorsAreBoundedToo) {
  std::string text = "a";
  for (int i = 0; i < 40; ++i) text = "(a and " + text + ") or b";
  EXPECT_EQ(error_of(text).code, kTooMany);
  std::string flat = "a";
  for (int i = 0; i < 5'000; ++i) flat += " and a";
  EXPECT_TRUE(parse_condition(flat, {})) << "long is not deep";
}

TEST(Condition, OperatorsAreReadInAnyCaseAndNamesAreNot) {
  EXPECT_EQ(canonical("a AND NOT b Or c"), "a and not b or c");
  EXPECT_EQ(canonical("ONE of them"), "sigma.bad_condition");
  EXPECT_EQ(canonical("ALL OF THEM"), "all of them");
  EXPECT_EQ(resolved("A", selections({"a"})), "sigma.unknown_selection");
}

TEST(Condition, ParenthesesNeedNoBlanks) {
  EXPECT_EQ(canonical("(a)and(b)"), "a and b");
  EXPECT_EQ(canonical("not(a or b)"), "not (a or b)");
}

TEST(Condition, WordsInsideNamesAreNoOperators) {
  EXPECT_EQ(canonical("android and organic or nothing"), "android and organic or nothing");
  EXPECT_EQ(canonical("all"), "all") << "a selection may have this name";
  EXPECT_EQ(canonical("them"), "them");
}

TEST(Condition, ColumnsOfATextWithLineEndsAreThoseOfItsBegin) {
  EXPECT_EQ(error_of("a and\n or b").place.column, kColumn);
  EXPECT_EQ(error_of("a and\n or b").place.line, 9U);
}

TEST(Condition, ErrorsWithoutAKnownColumnHaveNone) {
  const auto condition = parse_condition("a b", {.file = "r.yml", .line = 2});
  ASSERT_FALSE(condition);
  EXPECT_EQ(condition.error().place.column, 0U);
}

TEST(Condition, AMisspeltSelectionGetsADidYouMean) {
  auto all = selections({"selection", "filter"});
  const auto expression = resolve(*parse_condition("selection and not fitler", {}), all,
                                  {.file = "r.yml", .line = 4, .column = 16});
  ASSERT_FALSE(expression);
  EXPECT_EQ(expression.error().hint, "did you mean 'filter'?");
  EXPECT_EQ(to_string(expression.error().place), "r.yml:4:34");
}

TEST(Condition, PatternsAreAnchoredAndKnowOnlyTheStar) {
  const auto all = selections({"sel_1", "xsel_1", "sel?1"});
  EXPECT_EQ(resolved("1 of sel_*", all), "0");
  EXPECT_EQ(resolved("1 of sel?1", all), "2") << "'?' is itself in a name";
  EXPECT_EQ(resolved("all of *sel*1", all), "&(0 1 2)");
  EXPECT_EQ(resolved("1 of *", all), "|(0 1 2)");
}

TEST(Condition, AStarTakesUnderscoreSelectionsThatThemLeavesOut) {
  EXPECT_EQ(resolved("all of *", selections({"a", "_b"})), "&(0 1)");
  EXPECT_EQ(resolved("all of them", selections({"a", "_b"})), "0");
}

TEST(Condition, QuantifiersMarkAllTheyReach) {
  auto all = selections({"a_1", "a_2", "b"});
  ASSERT_TRUE(resolve(*parse_condition("1 of a_*", {}), all, {}));
  EXPECT_TRUE(all[0].used && all[1].used);
  EXPECT_FALSE(all[2].used);
}

TEST(Condition, NodesOfATreeAreCountedWithItself) {
  EXPECT_EQ(num_nodes(Expression::of_item(0)), 1U);
  auto all = selections({"a", "b", "c"});
  EXPECT_EQ(num_nodes(*resolve(*parse_condition("a and not (b or c)", {}), all, {})), 6U);
}

TEST(Condition, TheNodesOfSelectionsPutInPlaceAreBounded) {
  auto all = selections({"a"});
  Limits limits;
  limits.max_condition_nodes = 3;
  EXPECT_TRUE(resolve(*parse_condition("a or a or a", {}), all, {}, limits));
  const auto refused = resolve(*parse_condition("a or a or a or a", {}), all, {}, limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, kTooMany);
}

}  // namespace
}  // namespace nepho::sigma
