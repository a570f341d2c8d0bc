#include "text/timespan.h"

#include <charconv>

namespace nepho::text {
namespace {

// The seconds of a unit, 0 for none. Days are 24 hours: spans are lengths here, not dates.
std::int64_t seconds_of(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return 60;
    case 'h': return 3'600;
    case 'd': return 86'400;
    default: return 0;
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_timespan(std::string_view text) {
  constexpr std::uint32_t kMost = 1'000'000;  // of any unit; keeps the product in range
  if (text.empty()) return std::nullopt;
  const std::int64_t unit = seconds_of(text.back());
  text.remove_suffix(1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  // All of the text must have been the number: "1.5h" and "15 m" leave something over.
  if (unit == 0 || error != std::errc{} || end != text.data() + text.size() || number > kMost) {
    return std::nullopt;
  }
  return std::chrono::seconds(unit * number);
}

}  // namespace nepho::text
