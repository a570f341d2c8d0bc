#include "detect/event_class.h"

#include <algorithm>

namespace nepho::detect {
namespace {

using plan::Program;

void add_rule(std::uint32_t rule, const Program& program, EventClass& made) {
  const auto base = static_cast<std::uint32_t>(made.steps.size());
  const auto moved = [&](std::uint32_t at) { return at < Program::kFails ? base + at : at; };
  made.rules.push_back({rule, moved(program.start)});
  for (const Program::Step& step : program.steps) {
    made.steps.push_back({step.predicate, moved(step.if_true), moved(step.if_false)});
  }
}

// Whether the rule has a test whose answer may be the same for all events of a class. Most of many
// rules have none: to settle their programs would change nothing.
bool asks_of_class(const Program& program, const plan::SourcePlan& source) {
  return std::ranges::any_of(program.steps, [&](const Program::Step& step) {
    const std::uint32_t slot = source.predicates[step.predicate].slot;
    return std::ranges::find(source.dispatch_slots, slot) != source.dispatch_slots.end();
  });
}

void add_anchored(std::uint32_t rule, const plan::SourcePlan& source, EventClass& made) {
  made.is_anchored[rule] = true;
  const auto& its = source.anchors_of_rule[rule];
  made.anchors.insert(made.anchors.end(), its.begin(), its.end());
}

}  // namespace

std::size_t EventClass::size_bytes() const {
  return sizeof(*this) + rules.size() * sizeof(Start) + steps.size() * sizeof(Program::Step) +
         is_anchored.size() / 8 + anchors.size() * sizeof(std::uint32_t);
}

EventClass make_event_class(const plan::SourcePlan& source,
                            const std::vector<std::uint32_t>& candidates,
                            const std::function<std::optional<bool>(std::uint32_t)>& known) {
  const auto has_anchors = [&](std::uint32_t rule) {
    return !source.anchors_of_rule[rule].empty();
  };
  const auto num_anchored = std::ranges::count_if(candidates, has_anchors);
  const bool by_anchor = static_cast<std::size_t>(num_anchored) > plan::kFewAnchored;
  EventClass made;
  if (by_anchor) made.is_anchored.assign(source.rules.size(), false);
  for (const std::uint32_t rule : candidates) {
    const Program& program = source.programs[rule];
    const bool is_by_anchor = by_anchor && has_anchors(rule);
    if (is_by_anchor && program.start != Program::kFails && !asks_of_class(program, source)) {
      add_anchored(rule, source, made);
      continue;
    }
    const Program settled = plan::settle(program, known);
    if (settled.start == Program::kFails) continue;
    if (is_by_anchor) {
      add_anchored(rule, source, made);
    } else {
      add_rule(rule, settled, made);
    }
  }
  std::ranges::sort(made.anchors);
  made.anchors.erase(std::unique(made.anchors.begin(), made.anchors.end()), made.anchors.end());
  return made;
}

}  // namespace nepho::detect
