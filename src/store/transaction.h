// All or nothing.
#pragma once

#include <utility>

#include "base/result.h"
#include "store/database.h"

namespace nepho::store {

// What is done to the database while one lives happens as a whole with commit(), or not at all:
// leaving without it takes everything back. It holds the right to write from the start, so that two
// processes that read and then write do not meet in the middle. Not nested. The Database must
// outlive it.
class Transaction {
 public:
  // Fails with kBusy when another process writes for longer than the database waits.
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // Not to be used after this, whatever it says.
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;  // nullptr once it ended
};

}  // namespace nepho::store
