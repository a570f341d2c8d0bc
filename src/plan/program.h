// A condition as a row of jumps: no tree to walk, nothing evaluated that cannot matter any more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sigma/item.h"

namespace nepho::plan {

// Short-circuit code. Each step asks one predicate and says where to go on; kHolds and kFails end
// it. Steps lead forward only, so a run takes at most as many steps as there are.
struct Program {
  static constexpr std::uint32_t kHolds = 0xFFFFFFFF;
  static constexpr std::uint32_t kFails = 0xFFFFFFFE;

  struct Step {
    std::uint32_t predicate = 0;
    std::uint32_t if_true = kHolds;
    std::uint32_t if_false = kFails;
  };
  std::vector<Step> steps;
  std::uint32_t start = kFails;
};

// Compiles a condition. `predicate_of` gives the number of the predicate of an item; `cost_of` its
// cost in any unit: of the children of an "and" or an "or" those that most cheaply end it are asked
// first, which changes nothing but the time, since predicates have no effects.
Program compile(const sigma::Expression& condition,
                const std::function<std::uint32_t(std::size_t item)>& predicate_of,
                const std::function<double(std::size_t item)>& cost_of);

// What is left of a program where some answers are known before it runs; nothing known of a
// predicate: it is asked as before. O(steps).
Program settle(const Program& program,
               const std::function<std::optional<bool>(std::uint32_t predicate)>& known);

// Runs from `start` on with `holds(predicate)`.
template <typename Holds>
bool run(std::span<const Program::Step> steps, std::uint32_t start, Holds&& holds) {
  std::uint32_t at = start;
  while (at < Program::kFails) {
    const Program::Step& step = steps[at];
    at = holds(step.predicate) ? step.if_true : step.if_false;
  }
  return at == Program::kHolds;
}

template <typename Holds>
bool run(const Program& program, Holds&& holds) {
  return run(program.steps, program.start, std::forward<Holds>(holds));
}

}  // namespace nepho::plan
