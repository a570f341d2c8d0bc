// What may look at every record of a run beside the rules: a survey, a search for near misses.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "detect/match.h"
#include "event/record_view.h"

namespace nepho::detect {

// A record that was evaluated, copies of one event included. All of it is valid during the call.
struct WatchedRecord {
  std::uint32_t source_plan = 0;  // index into plan.sources()
  const event::RecordView& view;  // has just scanned it
  std::optional<Instant> time;
  EventPlace place;
  const std::vector<std::uint32_t>& rules;  // that hold for it: indices into plan.rules()
};

// One for each shard, called from its thread only.
class RecordWatch {
 public:
  RecordWatch() = default;
  RecordWatch(const RecordWatch&) = delete;
  RecordWatch& operator=(const RecordWatch&) = delete;
  virtual ~RecordWatch() = default;

  virtual void saw(const WatchedRecord& record) = 0;
};

}  // namespace nepho::detect
