// What can go wrong in event/.
#pragma once

#include "base/result.h"

namespace nepho::event {

// In a file of knowledge/logsources/.
inline constexpr ErrorCode kUnknownKey{"event.unknown_key"};
inline constexpr ErrorCode kMissingKey{"event.missing_key"};
inline constexpr ErrorCode kBadValue{"event.bad_value"};
inline constexpr ErrorCode kDuplicateSource{"event.duplicate_source"};

}  // namespace nepho::event
