// Numbers of events, added up without a rest.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sigma/correlation.h"

namespace nepho::plan {

// Millionths. Sums of integers, and of decimals of up to six places, are exact, in whatever order
// they are added and taken away; so a window that slides gives what one worked out anew gives.
__extension__ using Amount = __int128;
inline constexpr Amount kOne = 1'000'000;
// The largest number of an event, 10^24, by magnitude; larger ones are taken for it.
inline constexpr Amount kLargestAmount = kOne * kOne * kOne * kOne * kOne;

// The number that a text of an event is, as lt and gt read it (a number or a numeric text), rounded
// to the nearest millionth; beyond +-10^24 it is taken for that, so that a hundred million of them
// add up without overflow. Nothing for any other text.
std::optional<Amount> amount_of(std::string_view text);
Amount amount_of(double number);

// As a decimal number without trailing zeros: "-1.5", "600". Exact.
std::string to_decimal(Amount amount);

// Whether every threshold holds for `total` / `count`, compared without dividing. `count` is above
// 0.
bool meets(std::span<const sigma::Threshold> thresholds, Amount total, std::int64_t count = 1);

// `total` / `count`, for showing: cut off after the millionths. `count` is above 0.
Amount ratio_of(Amount total, std::int64_t count);

// The value at `percentile` (0..100) of values in rising order, at least one: linear between the
// two nearest ranks, as SQL's PERCENTILE_CONT and the usual median.
Amount percentile_of(std::span<const Amount> sorted, double percentile);

}  // namespace nepho::plan
