// Spans of time as people write them.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace nepho::text {

// "90s", "15m", "2h", "7d": a whole number and a unit, nothing around them; nothing for any other
// text. Months and years are left out, since they have no fixed length. "m" is minutes, as in the
// `timespan` of Sigma's correlations.
std::optional<std::chrono::seconds> parse_timespan(std::string_view text);

}  // namespace nepho::text
