// What can be wrong with an export of alerts.
#pragma once

#include "base/result.h"

namespace nepho::alert {

// Codes are stable; messages are not.

// The file holds nothing that is an alert in a form we know.
inline constexpr ErrorCode kNoAlerts{"alert.none"};
// A record in it is no JSON, or an alert has no time: it is left out, the others are read.
inline constexpr ErrorCode kBadAlert{"alert.bad"};
// More than is read of one file.
inline constexpr ErrorCode kTooMany{"alert.too_many"};

}  // namespace nepho::alert
