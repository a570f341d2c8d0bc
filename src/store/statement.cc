// SQLite counts parameters from 1 and columns from 0. A statement that was run is reset at once,
// since one that stands on a row holds its lock on the file.
#include "store/statement.h"

#include <sqlite3.h>

#include "base/check.h"
#include "store/sqlite_error.h"

namespace nepho::store {

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

// Binding fails only for an index that is not there or without memory: neither is outside data.
Statement& Statement::bind(std::string_view text) {
  // An empty view may be null, which SQLite would take for NULL.
  const char* data = text.data() == nullptr ? "" : text.data();
  CHECK(sqlite3_bind_text64(handle_.get(), ++num_bound_, data, text.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  CHECK(sqlite3_bind_int64(handle_.get(), ++num_bound_, number) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
  if (number) return bind(*number);
  CHECK(sqlite3_bind_null(handle_.get(), ++num_bound_) == SQLITE_OK);
  return *this;
}

// An unbound parameter would be NULL in silence.
Result<bool> Statement::step() {
  CHECK(num_bound_ == sqlite3_bind_parameter_count(handle_.get()));
  switch (sqlite3_step(handle_.get())) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: return false;
    default:
      return std::unexpected(error_of(sqlite3_db_handle(handle_.get()), file_, "use the database"));
  }
}

Result<void> Statement::run() {
  while (true) {
    auto row = step();
    if (!row) {
      // Back to the start in any case; what went wrong is in `row` already.
      sqlite3_reset(handle_.get());
      num_bound_ = 0;
      return std::unexpected(std::move(row.error()));
    }
    if (!*row) break;
  }
  sqlite3_reset(handle_.get());
  num_bound_ = 0;
  return {};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (sqlite3_column_type(handle_.get(), column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

// The text first: asking for it may convert the value, which changes its size.
std::string_view Statement::text(int column) const {
  const auto* data = sqlite3_column_text(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(data), size);
}

}  // namespace nepho::store
