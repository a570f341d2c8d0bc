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
    const Program settled = plan::settle(source.programs[rule], known);
    if (settled.start == Program::kFails) continue;
    if (by_anchor && has_anchors(rule)) {
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
