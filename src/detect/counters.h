// What became of every record: each ends in exactly one of these.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detect/match.h"
#include "event/skip_reason.h"

namespace nepho::detect {

// received() = events + duplicates + skipped + unparsed, always. A plain value; add() joins shards.
struct Counters {
  std::uint64_t events = 0;      // evaluated
  std::uint64_t duplicates = 0;  // seen before, not evaluated again
  std::uint64_t unparsed = 0;    // passed over by a shortcut that knew no rule could want them
  std::array<std::uint64_t, event::kNumSkipReasons> skipped{};
  std::vector<std::uint64_t> by_source;  // evaluated; indexed like plan.sources()
  std::optional<Instant> first_time;     // of the evaluated events that carry a time
  std::optional<Instant> last_time;
  std::vector<std::optional<Instant>> last_by_source;  // the same; indexed like plan.sources()

  std::uint64_t num_skipped() const;
  std::uint64_t received() const { return events + duplicates + unparsed + num_skipped(); }
  void add(const Counters& other);
  void note_time(Instant time);
  // The same, of an event of this source.
  void note_time(Instant time, std::size_t source);
};

}  // namespace nepho::detect
