// What a correlation measured when it became a finding: for whoever has to judge the finding, and
// so that a limit can be set anew without running again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "plan/amount.h"
#include "plan/baseline.h"

namespace nepho::detect {

// A plain value; each type of correlation fills in its own part (docs/behaviour.md). It is
// worked out from what the window holds, hence the same for any number of threads and cut of the
// input. Memory: some 200 bytes and the values, each bounded by kMaxColumnBytes.
struct Measurement {
  // What the limits of the condition were held against, in millionths: events, distinct values,
  // rules, a sum, an average, a percentile, z, a share of 0..1, km/h. Nothing where a type or a
  // written condition has no limits, and for a speed without bound.
  std::optional<plan::Amount> value;
  // value_sum and the like: numbers in the window. x_burst: events with a value in the window.
  // x_rare: events with a value that were known before.
  std::uint64_t num_events = 0;
  std::uint64_t rules = 0;             // temporal types, bit i: rule i has an event in the window
  std::vector<std::string> values;     // x_new_value, x_rare: of the completing event, by field
  std::optional<Instant> known_since;  // x_new_value, x_rare: the group's first event
  std::uint64_t num_seen = 0;          // x_rare: events with this value before
  std::uint64_t num_denied = 0;        // x_burst
  plan::Amount total = 0;              // x_volume: of the window so far
  std::optional<plan::Baseline> baseline;  // x_volume
  double distance_km = 0;                  // x_velocity, in so many nanoseconds
  std::int64_t took = 0;
};

}  // namespace nepho::detect
