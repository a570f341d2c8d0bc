// SQLite's error codes as ours.
#pragma once

#include <string>

#include "base/result.h"

struct sqlite3;

namespace nepho::store {

// What the last call on `handle` failed with. `doing` says what was tried ("write to the
// database"). `handle` may be null: then SQLite had no memory for it.
Error error_of(sqlite3* handle, const std::string& file, std::string_view doing);

}  // namespace nepho::store
