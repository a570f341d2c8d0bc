// When a log source is dark (coverage-model.md, "Gates"): it is collected, it once arrived, and
// nothing has come for longer than is normal for it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace nepho::coverage {

// What is known of a log source that was seen arriving.
struct Sighting {
  Instant last_event{};            // the newest event of it
  Instant looked_at{};             // when somebody last looked whether more had come
  std::chrono::seconds silence{};  // the longest that is normal, delivery included
};

// Why the log source is dark as of then; empty when it is not. Silence is counted up to the last
// look, or to `as_of` where that is earlier: what came after the last look nobody knows, and a team
// that has not looked for a week has no dark log source for that alone.
std::string why_dark(std::string_view log_source, const Sighting& sighting, Instant as_of);

// "3 d", "5 h", "40 min": rounded down to the greatest unit of which there are at least two, since
// a silence is no matter of seconds.
std::string span_in_words(std::chrono::seconds span);

}  // namespace nepho::coverage
