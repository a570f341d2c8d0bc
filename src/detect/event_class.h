// What events can reach that have the same texts in the fields that rules are dispatched by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "plan/plan.h"

namespace nepho::detect {

// Worked out once for all events of one class, and read for each: hence rows of numbers instead of
// the programs themselves. Rules are numbers among those of the log source.
struct EventClass {
  // Rules to be run for every event of the class, in rising order. What the class itself answers is
  // settled: a rule that only waits for the event's name begins at Program::kHolds.
  struct Start {
    std::uint32_t rule = 0;
    std::uint32_t step = 0;  // in `steps`
  };
  std::vector<Start> rules;
  std::vector<plan::Program::Step> steps;

  // Where many rules have anchors: these rules, of which an anchor must hold, and the anchors to
  // look at. Else none.
  std::vector<bool> is_anchored;  // by rule; empty when there are none
  std::vector<std::uint32_t> anchors;

  // About what it takes.
  std::size_t size_bytes() const;
};

// The class of the events that reach `candidates`, in rising order. `known` gives the answer to a
// predicate that has the same one for each of them, nothing for the others. O(steps).
EventClass make_event_class(const plan::SourcePlan& source,
                            const std::vector<std::uint32_t>& candidates,
                            const std::function<std::optional<bool>(std::uint32_t)>& known);

}  // namespace nepho::detect
