// One SQLite file: opened with settings that keep it whole, brought to this program's version.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/statement.h"

struct sqlite3;

namespace nepho::store {

// One step of a schema, from the version before it to its own: SQL without parameters. Steps are
// only ever added; a database says by `PRAGMA user_version` how many it has seen.
struct Migration {
  std::string_view name;
  std::string_view sql;
};

enum class Access : std::uint8_t {
  kRead,   // the file must be there; one that may not be written serves
  kWrite,  // made where it is missing
};

struct OpenOptions {
  Access access = Access::kWrite;
  // How long to wait for another process that writes. Plays of seconds hold no lock: only the
  // writing of their outcome does, some milliseconds.
  std::chrono::milliseconds busy_timeout{5'000};
};

// Journal: WAL, so that readers never wait for the writer. Foreign keys are checked. A commit is on
// the disk when it returns but for a power cut, which may lose the last ones and never breaks the
// file (synchronous=NORMAL, sqlite.org/wal.html).
//
// One thread at a time. Statements must end before the Database does.
class Database {
 public:
  // Brings the file to the last of `migrations`, each in a transaction of its own. Fails with a
  // code of errors.h; a database of a later version is left as it is.
  static Result<Database> open(const std::filesystem::path& file,
                               std::span<const Migration> migrations, OpenOptions options = {});

  // One statement, whose parameters are '?'. SQL is ours alone: values of others are bound, never
  // pasted.
  Result<Statement> prepare(std::string_view sql);
  // Statements without parameters and without rows that matter.
  Result<void> execute(std::string_view sql);
  // How many of the migrations it has seen.
  Result<std::int64_t> version();
  // Of the last row that was inserted.
  std::int64_t last_row_id() const;

 private:
  friend class Opening;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database(std::string file, sqlite3* handle) : file_(std::move(file)), handle_(handle) {}
  // The first column of the first row; 0 for no row.
  Result<std::int64_t> number(std::string_view sql);

  std::string file_;  // for messages
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace nepho::store
