#include "plan/amount.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "text/number.h"

namespace nepho::plan {
namespace {

constexpr double kLargest = 1e24;  // kLargestAmount

bool meets(const sigma::Threshold& threshold, Amount total, std::int64_t count) {
  using Relation = sigma::Threshold::Relation;
  const Amount limit = amount_of(threshold.limit) * count;
  switch (threshold.relation) {
    case Relation::kGt: return total > limit;
    case Relation::kGte: return total >= limit;
    case Relation::kLt: return total < limit;
    case Relation::kLte: return total <= limit;
    case Relation::kEq: return total == limit;
    case Relation::kNeq: return total != limit;
  }
  return false;
}

}  // namespace

Amount amount_of(double number) {
  const double bounded = std::clamp(number, -kLargest, kLargest);
  const double whole = std::trunc(bounded);
  // Apart, since a double has no room for a large number and its millionths.
  return static_cast<Amount>(whole) * kOne +
         static_cast<Amount>(std::nearbyint((bounded - whole) * 1e6));
}

std::optional<Amount> amount_of(std::string_view text) {
  if (!text::Decimal::parse(text)) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole);
      read.ec == std::errc{} && read.ptr == end)
    return static_cast<Amount>(whole) * kOne;
  double number = 0;
  const auto read = std::from_chars(text.data(), end, number);
  // Out of range: too near to 0 for a double, or too far from it.
  if (read.ec == std::errc::result_out_of_range) {
    if (text.find("e-") != text.npos || text.find("E-") != text.npos) return Amount{0};
    number = text.starts_with('-') ? -kLargest : kLargest;
  }
  return amount_of(number);
}

std::string to_decimal(Amount amount) {
  constexpr std::size_t kPlaces = 6;  // of kOne
  const bool is_negative = amount < 0;
  __extension__ using Magnitude = unsigned __int128;
  Magnitude left = is_negative ? -static_cast<Magnitude>(amount) : static_cast<Magnitude>(amount);
  std::string text;  // backwards
  for (std::size_t place = 0; left != 0 || place <= kPlaces; ++place, left /= 10) {
    const auto digit = static_cast<char>('0' + static_cast<int>(left % 10));
    if (place == kPlaces && !text.empty()) text += '.';
    if (place >= kPlaces || digit != '0' || !text.empty()) text += digit;
  }
  if (is_negative) text += '-';
  return {text.rbegin(), text.rend()};
}

bool meets(std::span<const sigma::Threshold> thresholds, Amount total, std::int64_t count) {
  return std::ranges::all_of(thresholds,
                             [&](const auto& threshold) { return meets(threshold, total, count); });
}

Amount ratio_of(Amount total, std::int64_t count) { return total / count; }

Amount percentile_of(std::span<const Amount> sorted, double percentile) {
  const double rank = percentile / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double share = rank - static_cast<double>(below);
  const auto step = static_cast<long double>(sorted[below + 1] - sorted[below]);
  return sorted[below] + static_cast<Amount>(std::nearbyint(step * share));
}

}  // namespace nepho::plan
