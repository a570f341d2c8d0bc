#include "workspace/seen_logs.h"

#include <algorithm>

#include "text/timestamp.h"

namespace nepho::workspace {

// Late deliveries only make a source look more silent, so the normal silence has to hold them too
// (the caller adds the latency).
void look_at(SeenLogs& seen, const std::map<std::string, Instant, std::less<>>& newest, Instant now,
             const Silences& silences) {
  for (const auto& [id, last] : newest) {
    const auto silence = silences.find(id);
    if (silence == silences.end() || last > now) continue;
    const auto known = seen.find(id);
    if (known == seen.end()) {
      if (now - last <= silence->second) seen[id] = {last, now};
    } else if (last >= known->second.last_event) {
      known->second = {last, std::max(now, known->second.looked_at)};
    }
  }
}

void write_seen_logs(text::JsonWriter& json, const SeenLogs& seen) {
  json.begin_array();
  for (const auto& [id, log] : seen) {
    json.begin_object()
        .member("id", id)
        .member("last_event_time", text::to_rfc3339(log.last_event))
        .member("looked_at", text::to_rfc3339(log.looked_at))
        .end_object();
  }
  json.end_array();
}

SeenLogs read_seen_logs(const text::JsonValue& array) {
  SeenLogs seen;
  for (const auto& entry : array.children()) {
    const auto last = text::parse_timestamp(entry.string_at("last_event_time"));
    const auto looked = text::parse_timestamp(entry.string_at("looked_at"));
    const std::string id(entry.string_at("id"));
    if (last && looked && !id.empty()) seen[id] = {last->time, looked->time};
  }
  return seen;
}

}  // namespace nepho::workspace
