// What can be wrong with evidence that is read.
#pragma once

#include "base/result.h"

namespace nepho::evidence {

// Codes are stable; messages are not. A line of either is left out, the others are still read.

// A member that must be there is not, or is of another kind than it must be.
inline constexpr ErrorCode kBadMember{"evidence.bad_member"};
// A word that is none of the form's: a kind, an outcome, a verdict.
inline constexpr ErrorCode kUnknownWord{"evidence.unknown_word"};

}  // namespace nepho::evidence
