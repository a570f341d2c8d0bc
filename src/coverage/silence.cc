#include "coverage/silence.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "text/timestamp.h"

namespace nepho::coverage {

std::string span_in_words(std::chrono::seconds span) {
  using std::chrono::floor;
  constexpr auto kTwo = 2;
  if (const auto days = floor<std::chrono::days>(span); days.count() >= kTwo) {
    return fmt::format("{} d", days.count());
  }
  if (const auto hours = floor<std::chrono::hours>(span); hours.count() >= kTwo) {
    return fmt::format("{} h", hours.count());
  }
  return fmt::format("{} min", floor<std::chrono::minutes>(span).count());
}

std::string why_dark(std::string_view log_source, const Sighting& sighting, Instant as_of) {
  const Instant until = std::min(as_of, sighting.looked_at);
  const auto silent = std::chrono::floor<std::chrono::seconds>(until - sighting.last_event);
  if (silent <= sighting.silence) return {};
  return fmt::format(
      "{} fell silent: nothing came in the {} after its last event, of {}; up to {} "
      "is normal for it",
      escape_for_log(log_source), span_in_words(silent), text::to_rfc3339(sighting.last_event),
      span_in_words(sighting.silence));
}

}  // namespace nepho::coverage
