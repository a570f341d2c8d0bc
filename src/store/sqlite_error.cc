#include "store/sqlite_error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/errors.h"

namespace nepho::store {
namespace {

// By SQLite's primary codes (sqlite.org/rescode.html).
ErrorCode code_of(int primary) {
  switch (primary) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: return kCannotOpen;
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR: return kCannotWrite;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return kCorrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return kBusy;
    case SQLITE_CONSTRAINT: return kConstraint;
    default: return kQuery;
  }
}

// What the user can do. Evidence can be played anew, so a broken file is no reason to despair.
std::string way_out(ErrorCode code) {
  if (code == kCorrupt) return "move the file away and play the procedures again";
  if (code == kBusy) return "another nepho is writing there; try again";
  if (code == kCannotWrite) return "is there room on the disk, and may you write there?";
  return {};
}

}  // namespace

Error error_of(sqlite3* handle, const std::string& file, std::string_view doing) {
  // The extended code keeps the primary one in its lowest byte.
  constexpr int kPrimary = 0xFF;
  const int code = handle == nullptr ? SQLITE_NOMEM : sqlite3_errcode(handle) & kPrimary;
  const char* words = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
  const ErrorCode ours = code_of(code);
  return Error(ours, fmt::format("cannot {}: {}", doing, words), Place{.file = file},
               way_out(ours));
}

}  // namespace nepho::store
