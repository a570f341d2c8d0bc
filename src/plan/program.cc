#include "plan/program.h"

#include <algorithm>

namespace nepho::plan {
namespace {

using sigma::Expression;

// Steps that were written backwards, turned round so that they lead forward.
Program turned_round(std::vector<Program::Step> steps, std::uint32_t start) {
  const auto last = static_cast<std::uint32_t>(steps.size());
  const auto turned = [&](std::uint32_t at) { return at >= Program::kFails ? at : last - 1 - at; };
  std::reverse(steps.begin(), steps.end());
  for (Program::Step& step : steps) {
    step.if_true = turned(step.if_true);
    step.if_false = turned(step.if_false);
  }
  return {std::move(steps), turned(start)};
}

// The steps that a run can come to.
std::vector<bool> met_steps(const Program& program) {
  std::vector<bool> is_met(program.steps.size(), false);
  const auto meet = [&](std::uint32_t at) {
    if (at < Program::kFails) is_met[at] = true;
  };
  meet(program.start);
  for (std::size_t at = 0; at < is_met.size(); ++at) {
    if (!is_met[at]) continue;
    meet(program.steps[at].if_true);
    meet(program.steps[at].if_false);
  }
  return is_met;
}

// Emits steps from the back: where a part goes on when it holds or fails is known before the part
// is written. Recursion is as deep as the rule's condition, which the parser bounds.
class Compiler {
 public:
  Compiler(const std::function<std::uint32_t(std::size_t)>& predicate_of,
           const std::function<double(std::size_t)>& cost_of)
      : predicate_of_(predicate_of), cost_of_(cost_of) {}

  Program compile(const Expression& condition) {
    const std::uint32_t start = emit(condition, Program::kHolds, Program::kFails);
    return turned_round(std::move(steps_), start);
  }

 private:
  // The entry of the code for `part`.
  std::uint32_t emit(const Expression& part, std::uint32_t if_true, std::uint32_t if_false) {
    switch (part.kind) {
      case Expression::Kind::kItem:
        steps_.push_back({predicate_of_(part.item), if_true, if_false});
        return static_cast<std::uint32_t>(steps_.size() - 1);
      case Expression::Kind::kNot: return emit(part.children.front(), if_false, if_true);
      case Expression::Kind::kAnd: {
        for (const Expression* child : last_first(part)) if_true = emit(*child, if_true, if_false);
        return if_true;
      }
      case Expression::Kind::kOr: {
        for (const Expression* child : last_first(part)) if_false = emit(*child, if_true, if_false);
        return if_false;
      }
    }
    return if_false;
  }

  // The children in the order of asking, turned round: first what most cheaply ends the whole, that
  // is with the least cost for its chance to be false (of an "and") or true (of an "or").
  std::vector<const Expression*> last_first(const Expression& part) const {
    std::vector<std::pair<double, const Expression*>> ranked;
    for (const Expression& child : part.children) {
      const Estimate child_estimate = estimate(child);
      const bool is_and = part.kind == Expression::Kind::kAnd;
      const double ends = is_and ? 1 - child_estimate.chance : child_estimate.chance;
      ranked.emplace_back(child_estimate.cost / std::max(ends, kLeastChance), &child);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const Expression*> children;
    for (const auto& [rank, child] : ranked) children.insert(children.begin(), child);
    return children;
  }

  // What asking a part costs at most, and its chance to hold.
  struct Estimate {
    double cost = 0;
    double chance = 0;
  };
  // A rule looks for what is rare, so an item seldom holds: a guess, which only orders the asking.
  static constexpr double kItemChance = 0.05;
  static constexpr double kLeastChance = 1e-6;

  Estimate estimate(const Expression& part) const {
    if (part.kind == Expression::Kind::kItem) return {cost_of_(part.item), kItemChance};
    Estimate sum;
    double all_hold = 1;
    double none_holds = 1;
    for (const Expression& child : part.children) {
      const Estimate of_child = estimate(child);
      sum.cost += of_child.cost;
      all_hold *= of_child.chance;
      none_holds *= 1 - of_child.chance;
    }
    const bool is_or = part.kind == Expression::Kind::kOr;
    sum.chance = part.kind == Expression::Kind::kNot ? none_holds
                 : is_or                             ? 1 - none_holds
                                                     : all_hold;
    return sum;
  }

  const std::function<std::uint32_t(std::size_t)>& predicate_of_;
  const std::function<double(std::size_t)>& cost_of_;
  std::vector<Program::Step> steps_;
};

}  // namespace

Program compile(const Expression& condition,
                const std::function<std::uint32_t(std::size_t)>& predicate_of,
                const std::function<double(std::size_t)>& cost_of) {
  return Compiler(predicate_of, cost_of).compile(condition);
}

// Twice from the back: first to see where each step leads once the known ones are passed by, then
// to write those that are still met.
Program settle(const Program& program,
               const std::function<std::optional<bool>(std::uint32_t)>& known) {
  Program passed = program;
  std::vector<std::uint32_t> entry(program.steps.size());
  const auto entry_of = [&](std::uint32_t at) { return at < Program::kFails ? entry[at] : at; };
  for (std::size_t at = program.steps.size(); at-- > 0;) {
    Program::Step& step = passed.steps[at];
    step.if_true = entry_of(step.if_true);
    step.if_false = entry_of(step.if_false);
    const auto answer = known(step.predicate);
    entry[at] = static_cast<std::uint32_t>(at);
    if (answer) entry[at] = *answer ? step.if_true : step.if_false;
    if (step.if_true == step.if_false) entry[at] = step.if_true;
  }
  passed.start = entry_of(program.start);

  const std::vector<bool> is_met = met_steps(passed);
  std::vector<Program::Step> kept;
  for (std::size_t at = is_met.size(); at-- > 0;) {
    if (!is_met[at]) continue;
    const Program::Step& step = passed.steps[at];
    kept.push_back({step.predicate, entry_of(step.if_true), entry_of(step.if_false)});
    entry[at] = static_cast<std::uint32_t>(kept.size() - 1);
  }
  return turned_round(std::move(kept), entry_of(passed.start));
}

}  // namespace nepho::plan
