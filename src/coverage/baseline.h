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
// pattern that is not known is an error with its place. Read anew at every call; a few lines. A
// list that was left empty is an error, 'core: []' is none: what is missing by accident would make
// the baseline look met.
Result<std::vector<std::string>> load_baseline(const Knowledge& knowledge);
Result<std::vector<std::string>> parse_baseline(std::string_view yaml, const std::string& file);

// How many of the core's cells that apply have reached a state. A technique counts here whatever
// its risk: that is what makes it a baseline.
struct BaselineTally {
  Share mapped;                   // a working rule
  Share exercised;                // proven at least on made telemetry
  std::vector<const Cell*> open;  // without a working rule, in the order of the cells
};
// Points into `coverage`. O(cells x log techniques).
BaselineTally baseline_of(const Coverage& coverage);

}  // namespace nepho::coverage
