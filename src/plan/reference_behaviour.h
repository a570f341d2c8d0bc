// What the correlation types of our own mean, in code: no speed, no bounds, each event judged anew
// from all that was before it. What is fast is held against it; docs/behaviour.md says the same in
// words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "plan/amount.h"
#include "sigma/correlation.h"

namespace nepho::plan {

// An event of one group.
struct BehaviourSample {
  Instant time;
  std::optional<std::vector<std::string>> values;  // of the fields, folded; nothing if one misses
};

// That an event is a finding, and what the limits were held against: the share, z or km/h; nothing
// for x_new_value, which has none, and for a speed without bound.
struct StandsOut {
  std::optional<Amount> value;
};

// Whether the last of these events of a group, at least one and in the order of their times, is a
// finding of a correlation that judges events (sigma::judges_events()); nothing when it is not.
std::optional<StandsOut> stands_out(const sigma::Correlation& correlation,
                                    std::span<const BehaviourSample> history);

}  // namespace nepho::plan
