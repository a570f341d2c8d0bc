// What can be odd about a rule's mapping. The codes are those of cli.md's "problems".
#pragma once

#include "base/result.h"

namespace nepho::inventory {

inline constexpr ErrorCode kUnmapped{"unmapped"};
inline constexpr ErrorCode kTacticOnly{"tactic-only"};
inline constexpr ErrorCode kRetiredTechnique{"retired-technique"};
inline constexpr ErrorCode kDeprecatedTechnique{"deprecated-technique"};
inline constexpr ErrorCode kUnknownTechnique{"unknown-technique"};
inline constexpr ErrorCode kMalformedTechnique{"malformed-technique"};
inline constexpr ErrorCode kOtherMatrix{"other-matrix"};
inline constexpr ErrorCode kUnknownTactic{"unknown-tactic"};
inline constexpr ErrorCode kRenamedTactic{"renamed-tactic"};
inline constexpr ErrorCode kUnknownTag{"unknown-tag"};
inline constexpr ErrorCode kTacticMismatch{"tactic-mismatch"};
inline constexpr ErrorCode kNotOnPlatform{"not-on-platform"};
inline constexpr ErrorCode kParentOnly{"parent-only"};
inline constexpr ErrorCode kManyTechniques{"many-techniques"};
inline constexpr ErrorCode kUnknownLogSource{"unknown-log-source"};
inline constexpr ErrorCode kUnknownField{"unknown-field"};

}  // namespace nepho::inventory
