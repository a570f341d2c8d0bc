#include "store/transaction.h"

namespace nepho::store {

// IMMEDIATE takes the write lock at once (sqlite.org/lang_transaction.html).
Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) {
    return std::unexpected(begun.error());
  }
  return Transaction(database);
}

// A rollback that fails has nothing to take back: SQLite has done so by itself after the error
// before.
Transaction::~Transaction() {
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
  auto committed = database_->execute("COMMIT");
  // A commit that failed leaves the transaction open.
  if (committed) database_ = nullptr;
  return committed;
}

}  // namespace nepho::store
