// What can go wrong in workspace/.
#pragma once

#include "base/result.h"

namespace nepho::workspace {

// Codes are stable: scripts match them, and tests look at them rather than at words. All of these
// mean that nothing was done (exit code 3) but for kUnknownLogSource, which is a warning.

// No nephometer.yml where one was asked for.
inline constexpr ErrorCode kNoWorkspace{"workspace.none"};
// The file has faults; each was named by itself before.
inline constexpr ErrorCode kBadWorkspace{"workspace.bad"};
// A name that the knowledge does not hold.
inline constexpr ErrorCode kUnknownProvider{"workspace.unknown_provider"};
inline constexpr ErrorCode kUnknownLogSource{"workspace.unknown_log_source"};
// A value of the wrong kind or out of its range, and a key that must be there and is not.
inline constexpr ErrorCode kBadValue{"workspace.bad_value"};
inline constexpr ErrorCode kMissingKey{"workspace.missing_key"};
// `init` never overwrites a workspace.
inline constexpr ErrorCode kAlreadyThere{"workspace.already_there"};
// .nephometer/fired.json is not what we wrote.
inline constexpr ErrorCode kBadFired{"workspace.bad_fired"};
inline constexpr ErrorCode kBadPriors{"workspace.bad_priors"};

}  // namespace nepho::workspace
