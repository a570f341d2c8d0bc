// What correlations remember from one run to the next (docs/formats/correlation-state.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/keyed_hash.h"
#include "base/limits.h"
#include "base/result.h"
#include "detect/correlator.h"
#include "detect/match.h"
#include "sigma/rule.h"

namespace nepho::detect {

inline constexpr ErrorCode kNotState{"detect.not_state"};
inline constexpr ErrorCode kStateVersion{"detect.state_version"};
inline constexpr ErrorCode kCorruptState{"detect.corrupt_state"};

// An event of an earlier run that some window still holds.
struct RememberedEvent {
  EventKey key;
  std::uint32_t file = 0;  // index into CorrelationState::files
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::uint64_t index = 0;
};

// The groups of one correlation, as bytes that only Correlator's states read.
struct RememberedCorrelation {
  std::string rule_id;
  std::string digest;  // sigma/digest.h: a correlation that was changed begins anew
  std::int64_t now = 0;
  std::uint64_t num_groups = 0;
  std::string groups;
};

// A plain value. Numbers of events in `groups` are indices into `events`.
struct CorrelationState {
  HashKey hash_key;
  std::vector<std::string> files;
  std::vector<RememberedEvent> events;  // in the order of their times
  std::vector<RememberedCorrelation> correlations;
};

// The bytes of a state file, and back. Reading fails with kNotState (another kind of file),
// kStateVersion (of another version of the program) or kCorruptState (its checksum or its form is
// wrong); nothing in it is trusted.
std::string write_state(const CorrelationState& state);
Result<CorrelationState> read_state(std::string_view bytes, const std::string& file);

// Puts what is remembered into the correlator of these rules; event number i stands for events[i].
// Correlations that are gone or changed are passed over. Fails with kCorruptState.
Result<void> restore(const CorrelationState& state, const std::vector<sigma::Rule>& rules,
                     Correlator& correlator);

// The groups of the correlator whose windows are not empty at its latest time, with the numbers of
// their events as indices into `numbers`: those of this run, sorted and each once.
struct Remembered {
  std::vector<RememberedCorrelation> correlations;
  std::vector<std::uint64_t> numbers;
};
Remembered remember(Correlator& correlator, const std::vector<sigma::Rule>& rules);

}  // namespace nepho::detect
