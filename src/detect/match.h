// What a shard found, before it becomes a finding: small, and ordered by time and place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"

namespace nepho::detect {

// Where an event stands among all input. `ordinal` counts the events of the block; the number in
// the file is known once all blocks before it have been counted.
struct EventPlace {
  std::uint32_t file = 0;
  std::uint64_t sequence = 0;  // of the block in its file
  std::uint32_t ordinal = 0;   // of the event in its block
  std::uint64_t line = 0;      // 1-based
  std::uint64_t offset = 0;    // 0-based, in the uncompressed file

  auto operator<=>(const EventPlace&) const = default;
};

// What tells events apart: a hash of the log source with the unique id, or with the bytes where
// there is none. The same in every run.
using EventKey = Hash128;

// A rule that held for an event, with what the finding will show of the event. Texts are the log's
// own: untrusted, bounded, decoded.
struct Match {
  std::uint32_t rule = 0;         // index into plan.rules()
  std::uint32_t source_plan = 0;  // index into plan.sources()
  std::optional<Instant> time;
  EventPlace place;
  EventKey key;
  bool is_repeat = false;  // an equal event was met before, somewhere: not counted again
  std::string actor;
  std::string source_ip;
  std::string account;
  std::string event;  // the record itself; empty unless asked for

  // By time (none first), then rule, then place.
  auto order() const { return std::tuple(time, rule, place); }
};

// A match that is only counted, since its rule has enough earlier ones.
struct FoldedMatch {
  std::uint32_t rule = 0;
  std::uint32_t ordinal = 0;
  bool is_repeat = false;
};

// For each rule the time and place from which on its matches are only counted; nothing: from
// nowhere.
struct FoldBound {
  std::optional<Instant> time;
  EventPlace place;
};
using FoldBounds = std::vector<std::optional<FoldBound>>;

}  // namespace nepho::detect
