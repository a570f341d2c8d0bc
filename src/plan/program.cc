#include "plan/program.h"

#include <algorithm>

namespace nepho::plan {
namespace {

using sigma::Expression;

// Emits steps from the back: where a part goes on when it holds or fails is known before the part
// is written. Recursion is as deep as the rule's condition, which the parser bounds.
class Compiler {
 public:
  Compiler(const std::function<std::uint32_t(std::size_t)>& predicate_of,
           const std::function<double(std::size_t)>& cost_of)
      : predicate_of_(predicate_of), cost_of_(cost_of) {}

  Program compile(const Expression& condition) {
    const std::uint32_t start = emit(condition, Program::kHolds, Program::kFails);
    // Emitted backwards: turn the steps round so that they lead forward.
    const auto last = static_cast<std::uint32_t>(steps_.size());
    const auto turned = [&](std::uint32_t at) {
      return at >= Program::kFails ? at : last - 1 - at;
    };
    std::reverse(steps_.begin(), steps_.end());
    for (Program::Step& step : steps_) {
      step.if_true = turned(step.if_true);
      step.if_false = turned(step.if_false);
    }
    return {std::move(steps_), turned(start)};
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
        for (const Expression* child : dearest_first(part))
          if_true = emit(*child, if_true, if_false);
        return if_true;
      }
      case Expression::Kind::kOr: {
        for (const Expression* child : dearest_first(part))
          if_false = emit(*child, if_true, if_false);
        return if_false;
      }
    }
    return if_false;
  }

  std::vector<const Expression*> dearest_first(const Expression& part) const {
    std::vector<const Expression*> children;
    for (const Expression& child : part.children) children.push_back(&child);
    std::reverse(children.begin(), children.end());
    std::stable_sort(children.begin(), children.end(),
                     [&](const auto* a, const auto* b) { return cost(*a) > cost(*b); });
    return children;
  }

  double cost(const Expression& part) const {
    if (part.kind == Expression::Kind::kItem) return cost_of_(part.item);
    double sum = 0;
    for (const Expression& child : part.children) sum += cost(child);
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

}  // namespace nepho::plan
