// Calendar dates as ATT&CK's facts have them: a day, UTC; the time of day is not kept.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace nepho::attack {

// A day, or no date at all: then `ok()` is false.
using Date = std::chrono::year_month_day;

inline constexpr Date kNoDate{};

// The day of "2026-05-12" or "2026-05-12T15:12:00.707Z"; kNoDate when it is neither.
Date parse_date(std::string_view text);

// "2026-05-12"; "" for no date.
std::string to_string(const Date& date);

}  // namespace nepho::attack
