#include "plan/program.h"

#include <gtest/gtest.h>

#include <random>

namespace nepho::plan {
namespace {

using sigma::Expression;

Expression random_expression(std::mt19937& random, int depth) {
  const unsigned kind = static_cast<unsigned>(random() % (depth > 3 ? 1 : 4));
  if (kind == 0) return Expression::of_item(random() % 6);
  Expression expression;
  if (kind == 1) {
    expression.kind = Expression::Kind::kNot;
    expression.children = {random_expression(random, depth + 1)};
    return expression;
  }
  expression.kind = kind == 2 ? Expression::Kind::kAnd : Expression::Kind::kOr;
  for (unsigned i = 0; i < random() % 4; ++i)
    expression.children.push_back(random_expression(random, depth + 1));
  return expression;
}

bool evaluate(const Expression& part, unsigned truths) {
  switch (part.kind) {
    case Expression::Kind::kItem: return (truths >> part.item & 1U) != 0;
    case Expression::Kind::kNot: return !evaluate(part.children[0], truths);
    case Expression::Kind::kAnd:
      return std::all_of(part.children.begin(), part.children.end(),
                         [&](const auto& c) { return evaluate(c, truths); });
    case Expression::Kind::kOr:
      return std::any_of(part.children.begin(), part.children.end(),
                         [&](const auto& c) { return evaluate(c, truths); });
  }
  return false;
}

Program compile_plainly(const Expression& expression) {
  return compile(
      expression, [](std::size_t item) { return static_cast<std::uint32_t>(item); },
      [](std::size_t item) { return static_cast<double>(1 + item % 3); });
}

TEST(Program, HoldsWhenTheConditionDoes) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    const Expression expression = random_expression(random, 0);
    const Program program = compile_plainly(expression);
    for (unsigned truths = 0; truths < 64; ++truths) {
      const bool holds =
          run(program, [&](std::uint32_t predicate) { return (truths >> predicate & 1U) != 0; });
      ASSERT_EQ(holds, evaluate(expression, truths));
    }
  }
}

TEST(Program, LeadsForwardOnly) {
  std::mt19937 random(2);
  for (int round = 0; round < 1'000; ++round) {
    const Program program = compile_plainly(random_expression(random, 0));
    for (std::uint32_t at = 0; at < program.steps.size(); ++at) {
      EXPECT_GT(program.steps[at].if_true, at);
      EXPECT_GT(program.steps[at].if_false, at);
    }
  }
}

TEST(Program, SettledByWhatIsKnownHoldsWhenTheWholeDoes) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    const Program whole = compile_plainly(random_expression(random, 0));
    const auto known = static_cast<unsigned>(random() % 64);
    const auto answers = static_cast<unsigned>(random() % 64);
    const Program settled = settle(whole, [&](std::uint32_t predicate) {
      return (known >> predicate & 1U) != 0 ? std::optional((answers >> predicate & 1U) != 0)
                                            : std::nullopt;
    });
    for (const Program::Step& step : settled.steps) ASSERT_EQ(known >> step.predicate & 1U, 0U);
    for (unsigned others = 0; others < 64; ++others) {
      const unsigned truths = (answers & known) | (others & ~known);
      const auto holds = [&](std::uint32_t predicate) { return (truths >> predicate & 1U) != 0; };
      ASSERT_EQ(run(settled, holds), run(whole, holds));
    }
  }
}

TEST(Program, SettledKeepsNoStepThatNothingLeadsTo) {
  std::mt19937 random(4);
  std::size_t num_kept = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Program whole = compile_plainly(random_expression(random, 0));
    const Program settled = settle(whole, [&](std::uint32_t predicate) {
      return predicate < 3 ? std::optional(random() % 2 == 0) : std::nullopt;
    });
    std::vector<bool> is_met(settled.steps.size(), false);
    if (settled.start < Program::kFails) is_met[settled.start] = true;
    for (std::uint32_t at = 0; at < settled.steps.size(); ++at) {
      EXPECT_TRUE(is_met[at]);
      for (const std::uint32_t next : {settled.steps[at].if_true, settled.steps[at].if_false}) {
        EXPECT_GT(next, at);
        if (next < Program::kFails) is_met[next] = true;
      }
    }
    num_kept += settled.steps.size();
  }
  EXPECT_GT(num_kept, 500U);
}

TEST(Program, AsksTheCheapPartFirstAndNoMoreThanItMust) {
  Expression both{Expression::Kind::kAnd, 0, {Expression::of_item(2), Expression::of_item(0)}};
  const Program program = compile_plainly(both);
  std::vector<std::uint32_t> asked;
  run(program, [&](std::uint32_t predicate) { return asked.push_back(predicate), false; });
  EXPECT_EQ(asked, std::vector<std::uint32_t>{0});
}

TEST(Program, AsksWhatMayFailBeforeAFilterThatSeldomDoes) {
  const Expression filter{
      Expression::Kind::kNot,
      0,
      {{Expression::Kind::kOr, 0, {Expression::of_item(0), Expression::of_item(3)}}}};
  const Program program =
      compile_plainly({Expression::Kind::kAnd, 0, {filter, Expression::of_item(2)}});
  std::vector<std::uint32_t> asked;
  run(program, [&](std::uint32_t predicate) { return asked.push_back(predicate), false; });
  EXPECT_EQ(asked, std::vector<std::uint32_t>{2});
}

TEST(Program, OfNothingIsTrueForAnAndAndFalseForAnOr) {
  const auto holds = [](const Expression& e) {
    return run(compile_plainly(e), [](std::uint32_t) { return true; });
  };
  EXPECT_TRUE(holds(Expression{Expression::Kind::kAnd, 0, {}}));
  EXPECT_FALSE(holds(Expression{Expression::Kind::kOr, 0, {}}));
}

}  // namespace
}  // namespace nepho::plan
