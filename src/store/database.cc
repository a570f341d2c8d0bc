// Opening is most of the work: each thing that may be wrong with a file is looked for before the
// first statement of the caller, so that it is met in one place and said in the caller's words.
#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/errors.h"
#include "store/sqlite_error.h"
#include "store/transaction.h"

namespace nepho::store {
namespace {

// "Neph" in ASCII: says whose database it is (PRAGMA application_id, sqlite.org/fileformat.html).
constexpr std::int64_t kApplicationId = 0x4E657068;

std::unexpected<Error> fail_at(const std::string& file, ErrorCode code, std::string message,
                               std::string hint) {
  return fail(code, std::move(message), Place{.file = file}, std::move(hint));
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    return std::unexpected(error_of(handle_.get(), file_, "read the database"));
  }
  return Statement(file_, statement);
}

Result<void> Database::execute(std::string_view sql) {
  if (sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    return std::unexpected(error_of(handle_.get(), file_, "use the database"));
  }
  return {};
}

Result<std::int64_t> Database::number(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  return *row ? statement->integer(0) : 0;
}

Result<std::int64_t> Database::version() { return number("PRAGMA user_version"); }

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

// The steps of open(), in their order; each may fail.
class Opening {
 public:
  Opening(const std::filesystem::path& file, std::span<const Migration> migrations,
          OpenOptions options)
      : file_(file.string()), migrations_(migrations), options_(options) {}

  Result<Database> run() {
    auto database = connect();
    if (!database) return database;
    if (auto checked = check_owner(*database); !checked) return std::unexpected(checked.error());
    if (auto set = configure(*database); !set) return std::unexpected(set.error());
    if (auto moved = migrate(*database); !moved) return std::unexpected(moved.error());
    return database;
  }

 private:
  // SQLite itself falls back to reading alone where the file may not be written.
  Result<Database> connect() {
    const int create = options_.access == Access::kWrite ? SQLITE_OPEN_CREATE : 0;
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(
        file_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | create, nullptr);
    Database database(file_, handle);
    if (opened != SQLITE_OK) return std::unexpected(error_of(handle, file_, "open the database"));
    sqlite3_busy_timeout(handle, static_cast<int>(options_.busy_timeout.count()));
    is_read_only_ = sqlite3_db_readonly(handle, "main") == 1;
    if (is_read_only_ && options_.access == Access::kWrite) {
      return fail_at(file_, kCannotWrite, "cannot write to the database: it is read-only",
                     "is it yours, and is its folder writable?");
    }
    return database;
  }

  // The first look into the file: here a text file, an image or a torn database shows.
  Result<void> check_owner(Database& database) const {
    const auto owner = database.number("PRAGMA application_id");
    if (!owner) return std::unexpected(owner.error());
    const auto version = database.version();
    if (!version) return std::unexpected(version.error());
    const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return std::unexpected(tables.error());
    if (*owner != kApplicationId && (*owner != 0 || *tables != 0)) {
      return fail_at(file_, kForeign, "the database is not one of ours",
                     "move it away; a new one is made");
    }
    if (*version > std::ssize(migrations_)) {
      return fail_at(file_, kNewerVersion,
                     fmt::format("the database is of version {}, this program knows {}", *version,
                                 migrations_.size()),
                     "use the newer nepho that wrote it, or move the file away and play the "
                     "procedures again");
    }
    return {};
  }

  Result<void> configure(Database& database) const {
    if (auto set = database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
        !set) {
      return set;
    }
    // Kept in the file, so a file that may not be written has it or does without.
    return is_read_only_ ? Result<void>() : database.execute("PRAGMA journal_mode = WAL");
  }

  // Another process may be doing the same: the version is asked again under the lock.
  Result<void> migrate(Database& database) const {
    for (std::size_t step = 0; step < migrations_.size(); ++step) {
      const auto version = database.version();
      if (!version) return std::unexpected(version.error());
      if (*version > static_cast<std::int64_t>(step)) continue;
      auto transaction = Transaction::begin(database);
      if (!transaction) return std::unexpected(transaction.error());
      if (auto done = take_step(database, step); !done) return done;
      if (auto done = transaction->commit(); !done) return done;
    }
    return {};
  }

  Result<void> take_step(Database& database, std::size_t step) const {
    const auto version = database.version();
    if (!version) return std::unexpected(version.error());
    if (*version > static_cast<std::int64_t>(step)) return {};
    if (auto done = database.execute(migrations_[step].sql); !done) {
      return fail_at(file_, done.error().code,
                     fmt::format("cannot bring the database to version {} ({}): {}", step + 1,
                                 migrations_[step].name, done.error().message),
                     done.error().hint);
    }
    return database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                        kApplicationId, step + 1));
  }

  const std::string file_;
  const std::span<const Migration> migrations_;
  const OpenOptions options_;
  bool is_read_only_ = false;
};

Result<Database> Database::open(const std::filesystem::path& file,
                                std::span<const Migration> migrations, OpenOptions options) {
  return Opening(file, migrations, options).run();
}

}  // namespace nepho::store
