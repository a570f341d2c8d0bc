// The reference correlator: what a correlation means, in code. No speed, no bounds, no state
// between calls: every window is gathered and measured anew for each event. What is fast is held
// against it.
//
// The rows "correlation ..." of plan/semantics.h are the definition.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "plan/amount.h"
#include "sigma/rule.h"

namespace nepho::plan {

// An event as correlations see it.
struct ReferenceEvent {
  Instant time;
  std::vector<std::uint32_t> rules;  // that hold for it, as indices into the rules; no correlations
  // The value of a field in it; nothing when it is missing or null.
  std::function<std::optional<std::string>(std::string_view field)> field;
};

struct ReferenceFinding {
  std::uint32_t rule = 0;                         // the correlation
  std::vector<std::optional<std::string>> group;  // by group-by field
  std::size_t event = 0;                          // that completed it
  std::vector<std::size_t> window;                // events of the group in the window, it included
  // What the limits of the condition were held against; nothing where there are none, and for a
  // speed without bound.
  std::optional<Amount> value;
  auto operator<=>(const ReferenceFinding&) const = default;
};

// What the correlations among `rules` (linked, sigma/correlation_link.h) find in events that stand
// in the order of their times, equal times in the order of their places. In the order of the
// correlations, then of the events, then of the inputs.
std::vector<ReferenceFinding> correlate(const std::vector<sigma::Rule>& rules,
                                        const std::vector<ReferenceEvent>& events);

}  // namespace nepho::plan
