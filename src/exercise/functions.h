// The functions of templates: {upper:16}, {uuid}, {us_time:+1h}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "exercise/random.h"

namespace nepho::exercise {

// Texts that are drawn; nothing when there is no such function:
//   upper:N letters and digits of AWS's ids (A-Z2-7); hex:N; hex_upper:N; digits:N (the first not
//   0); lower:N (a-z); base64:N; number:A-B a number in A..B; uuid
// Fails with kBadValue on an argument that is not N in 1..4096, or A-B.
Result<std::optional<std::string>> drawn_text(std::string_view function, std::string_view argument,
                                              Random& random);

// Points in time, moved by the argument ("+15m", "-1h", none); nothing when there is no such
// function:
//   time 2026-03-01T10:00:00Z; us_time "Mar 1, 2026, 10:00:00 AM", as STS and SSM write; iam_time
//   the same without the second comma, as IAM writes; epoch_ms, epoch_s; day 2026-03-01 (day:/
//   2026/03/01); compact_day 20260301; clock 1000
Result<std::optional<std::string>> time_text(std::string_view function, std::string_view argument,
                                             Instant time);

// All their names, for "did you mean".
const std::vector<std::string_view>& function_names();

}  // namespace nepho::exercise
