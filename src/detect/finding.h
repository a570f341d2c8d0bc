// What we record when a rule fires, with the events that made it fire (cli.md, "Finding").
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/huge_pages.h"
#include "detect/match.h"
#include "detect/measurement.h"

namespace nepho::detect {

// An event that a correlation's finding names beside the completing one. `file` counts on from the
// run's files to those of earlier runs (stream::RunResult::earlier_files).
struct EarlierEvent {
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::uint64_t index = 0;
};

// What only a correlation's finding has.
struct Correlation {
  std::vector<std::optional<std::string>> group;  // values, in the order of the rule's group-by
  std::vector<EarlierEvent> earlier;              // by time, the completing event left out
  Measurement measured;
};

// A plain value, but moved and not copied. Kept small: a run may have millions. What is the same in
// many (names of files, rules, log sources) stands as a number, which report/ turns into its name.
struct Finding {
  Match match;              // the event that made the rule fire
  std::uint64_t index = 0;  // of that event among its file's events, 0-based
  std::uint64_t count = 1;  // above 1: folded; `match` is the first of them
  Hash128 id;               // the same for the same rule on the same events, and the same ordinal
  std::unique_ptr<const Correlation> correlation;  // nullptr: of a rule
};

using Findings = std::vector<Finding, HugePageAllocator<Finding>>;

}  // namespace nepho::detect
