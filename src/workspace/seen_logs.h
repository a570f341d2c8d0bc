// What `nepho detect` saw of each log source over time: whether it still arrives.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "base/clock.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::workspace {

// One log source that was once seen while it arrived. A source of which only old files were ever
// looked at (a sample, an archive) has no entry: nobody can say that it fell silent.
struct SeenLog {
  Instant last_event{};  // the newest event that was ever seen of it
  Instant looked_at{};   // when the run was that last looked at this source
  bool operator==(const SeenLog&) const = default;
};
using SeenLogs = std::map<std::string, SeenLog, std::less<>>;  // by id

// The longest silence of each source that is still normal; sources that are not in it are not
// watched.
using Silences = std::map<std::string, std::chrono::seconds, std::less<>>;

// Takes one run into `seen`: `newest` has each source's newest event in it, `now` is when it ran.
//
// A source is watched from the first run on in which it was not silent: its newest event was within
// its normal silence of `now`. A later run is a look at it when it holds an event as new as the
// newest one known; a run over older files, or over other sources' files, says nothing about it.
// Events later than `now` are a wrong clock or an `--as-of` in the past, and say nothing either.
void look_at(SeenLogs& seen, const std::map<std::string, Instant, std::less<>>& newest, Instant now,
             const Silences& silences);

// The member "log_sources" of fired.json: [{"id", "last_event_time", "looked_at"}]. What is strange
// is left out: the next run makes it anew.
void write_seen_logs(text::JsonWriter& json, const SeenLogs& seen);
SeenLogs read_seen_logs(const text::JsonValue& array);

}  // namespace nepho::workspace
