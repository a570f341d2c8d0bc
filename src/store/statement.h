// One prepared SQL statement: bind its parameters, walk its rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3_stmt;

namespace nepho::store {

// Parameters are bound in order, rows are read in order:
//
//   auto statement = database.prepare("SELECT id FROM evidence WHERE procedure = ?");
//   statement->bind(id);
//   while (true) {
//     const auto row = statement->step();
//     if (!row) return std::unexpected(row.error());
//     if (!*row) break;
//     use(statement->integer(0));
//   }
//
// Must end before its Database. One thread at a time.
class Statement {
 public:
  // Binds the next parameter; too many are a defect of ours (CHECK). Texts are copied.
  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Statement& bind(std::optional<std::int64_t> number);  // NULL for nothing
  Statement& bind(bool) = delete;                       // say 0 or 1
  Statement& bind(const char* text) { return bind(std::string_view(text)); }

  // Goes to the next row; false when there is none. All parameters must be bound (CHECK).
  Result<bool> step();
  // step() to the end, then ready to be bound anew.
  Result<void> run();

  // Columns of the row, from 0. NULL is 0, "" or nothing. A text holds until the next step().
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::string_view text(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  Statement(const std::string& file, sqlite3_stmt* handle) : file_(file), handle_(handle) {}

  std::string file_;  // for messages
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int num_bound_ = 0;
};

}  // namespace nepho::store
