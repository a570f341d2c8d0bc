// What can go wrong in workspace/.
#pragma once

#include "base/result.h"

namespace nepho::workspace {

inline constexpr ErrorCode kNoWorkspace{"workspace.none"};
inline constexpr ErrorCode kBadWorkspace{"workspace.bad"};
inline constexpr ErrorCode kUnknownProvider{"workspace.unknown_provider"};
inline constexpr ErrorCode kUnknownLogSource{"workspace.unknown_log_source"};
inline constexpr ErrorCode kBadValue{"workspace.bad_value"};
inline constexpr ErrorCode kMissingKey{"workspace.missing_key"};
inline constexpr ErrorCode kAlreadyThere{"workspace.already_there"};
inline constexpr ErrorCode kBadFired{"workspace.bad_fired"};

}  // namespace nepho::workspace
