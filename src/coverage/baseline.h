// The baseline: the core techniques that come before all others (knowledge/intel/core.yml).
#pragma once

#include <string>
#include <vector>

#include "base/knowledge.h"
#include "base/result.h"
#include "coverage/coverage.h"

namespace nepho::coverage {

inline constexpr ErrorCode kBadBaseline{"coverage.bad_baseline"};

// The patterns of the baseline's techniques, as attack/technique_pattern.h has them. A key or
// pattern that is not known is an error with its place.
Result<std::vector<std::string>> load_baseline(const Knowledge& knowledge);
Result<std::vector<std::string>> parse_baseline(std::string_view yaml, const std::string& file);

// How many of the core's cells that apply have reached a state.
struct BaselineTally {
  Share mapped;                   // a working rule
  Share exercised;                // proven at least on made telemetry
  std::vector<const Cell*> open;  // without a working rule, in the order of the cells
};
// Points into `coverage`.
BaselineTally baseline_of(const Coverage& coverage);

}  // namespace nepho::coverage
