#include "detect/counters.h"

#include <algorithm>
#include <numeric>

namespace nepho::detect {

std::uint64_t Counters::num_skipped() const {
  return std::accumulate(skipped.begin(), skipped.end(), std::uint64_t{0});
}

void Counters::note_time(Instant time) {
  if (!first_time || time < *first_time) first_time = time;
  if (!last_time || time > *last_time) last_time = time;
}

void Counters::note_time(Instant time, std::size_t source) {
  note_time(time);
  if (source >= last_by_source.size()) last_by_source.resize(source + 1);
  auto& last = last_by_source[source];
  if (!last || time > *last) last = time;
}

void Counters::add(const Counters& other) {
  events += other.events;
  duplicates += other.duplicates;
  unparsed += other.unparsed;
  for (std::size_t reason = 0; reason < skipped.size(); ++reason)
    skipped[reason] += other.skipped[reason];
  by_source.resize(std::max(by_source.size(), other.by_source.size()));
  for (std::size_t source = 0; source < other.by_source.size(); ++source) {
    by_source[source] += other.by_source[source];
  }
  if (other.first_time) note_time(*other.first_time);
  if (other.last_time) note_time(*other.last_time);
  for (std::size_t source = 0; source < other.last_by_source.size(); ++source) {
    if (other.last_by_source[source]) note_time(*other.last_by_source[source], source);
  }
}

}  // namespace nepho::detect
