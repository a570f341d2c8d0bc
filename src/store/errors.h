// What can go wrong with a database.
#pragma once

#include "base/result.h"

namespace nepho::store {

// Codes are stable; messages are not. SQLite's own words stand in the message, its file in the
// place.

// The file is not there, is a folder, or may not be read.
inline constexpr ErrorCode kCannotOpen{"store.cannot_open"};
// It may be read and not written; or the disk is full.
inline constexpr ErrorCode kCannotWrite{"store.cannot_write"};
// It is no database, or a damaged one.
inline constexpr ErrorCode kCorrupt{"store.corrupt"};
// It is the database of another program.
inline constexpr ErrorCode kForeign{"store.foreign"};
// A later version of this program wrote it.
inline constexpr ErrorCode kNewerVersion{"store.newer_version"};
// Another process held it for longer than we wait: may be tried again.
inline constexpr ErrorCode kBusy{"store.busy"};
// What is to be stored contradicts what is there.
inline constexpr ErrorCode kConstraint{"store.constraint"};
// Anything else that SQLite says: a defect of ours.
inline constexpr ErrorCode kQuery{"store.query"};

}  // namespace nepho::store
