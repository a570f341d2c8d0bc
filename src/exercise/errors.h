// What can go wrong in exercise/.
#pragma once

#include "base/result.h"

namespace nepho::exercise {

// Codes are stable; messages are not.

// A procedure or operation file: a value of the wrong kind or out of its range, a key that must be
// there and is not, a name (operation, principal, value) that nothing defines.
inline constexpr ErrorCode kBadValue{"exercise.bad_value"};
inline constexpr ErrorCode kMissingKey{"exercise.missing_key"};
inline constexpr ErrorCode kUnknownName{"exercise.unknown_name"};
// A template that grows beyond what a record may be, or names itself.
inline constexpr ErrorCode kTooLarge{"exercise.too_large"};
inline constexpr ErrorCode kTooDeep{"exercise.too_deep"};
// The workspace leaves no value: every address that could stand for a stranger is one of its own.
inline constexpr ErrorCode kNoValue{"exercise.no_value"};
// A record that was played is not read as one of its log source.
inline constexpr ErrorCode kNotRecognised{"exercise.not_recognised"};
// A cases file that is not in its form.
inline constexpr ErrorCode kBadCases{"exercise.bad_cases"};

}  // namespace nepho::exercise
