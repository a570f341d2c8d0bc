// What we record when a rule fires, with the events that made it fire (cli.md, "Finding").
#pragma once

#include <cstdint>
#include <vector>

#include "base/huge_pages.h"
#include "detect/match.h"

namespace nepho::detect {

// A plain value. Kept small: a run may have millions. What is the same in many (names of files,
// rules, log sources) stands as a number, which report/ turns into its name.
struct Finding {
  Match match;              // the event that made the rule fire
  std::uint64_t index = 0;  // of that event among its file's events, 0-based
  std::uint64_t count = 1;  // above 1: folded; `match` is the first of them
  Hash128 id;               // the same for the same rule on the same event, and the same ordinal
};

using Findings = std::vector<Finding, HugePageAllocator<Finding>>;

}  // namespace nepho::detect
