// The correlations of a run: from the sorted matches of all workers to findings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "detect/correlation_state.h"
#include "detect/correlator.h"
#include "detect/finding.h"
#include "plan/plan.h"
#include "stream/collector.h"
#include "stream/input_sorter.h"

namespace nepho::stream {

// What became of the matches that correlations asked for.
struct CorrelationAccount {
  std::uint64_t matches = 0;  // of rules that correlations refer to; copies of events left out
  std::uint64_t untimed = 0;  // without a time: in no window
  detect::CorrelationCounters counters;
  bool is_complete = true;  // all of them were looked at

  void add(const CorrelationAccount& other);
};

struct CorrelateOptions {
  Limits limits;
  std::span<const std::string> files;  // of the run; earlier ones are numbered from there on
  bool has_duplicates = false;         // some event came twice; else nothing is compared
  // Findings listed a correlation before those of groups that have one are only counted, into the
  // last that is listed; 0 lists all.
  std::size_t fold = 0;
  detect::CorrelationState* state = nullptr;  // as RunOptions::state
};

struct CorrelateResult {
  detect::Findings findings;  // in no particular order
  CorrelationAccount account;
  std::vector<std::string> earlier_files;
};

// Asks the correlations about every event in the order of time and place, so that nothing is late
// and neither the number of threads nor the cut into files matters. The matches are read twice:
// once to find, and once for the places of the events that findings name, of which only numbers are
// held. `collector` must have given its findings. Fails when spilled matches cannot be read back.
Result<CorrelateResult> correlate(const plan::Plan& plan, const std::vector<InputSorter*>& inputs,
                                  const Collector& collector, const CorrelateOptions& options);

}  // namespace nepho::stream
