#include "store/database.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include "base/files.h"
#include "store/errors.h"
#include "store/transaction.h"

namespace nepho::store {
namespace {

namespace fs = std::filesystem;

constexpr Migration kFirst{"things", "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)"};
constexpr Migration kSecond{"parts",
                            "CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing (id));"
                            "INSERT INTO thing (name) VALUES ('made by the second step')"};

class DatabaseTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "store.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    file_ = folder_ / "nephometer.db";
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Opens with the first `num_steps` steps, and expects that to work.
  Database open(std::size_t num_steps = 2, OpenOptions options = {}) const {
    const std::vector<Migration> steps{kFirst, kSecond};
    auto database = Database::open(file_, std::span(steps).first(num_steps), options);
    EXPECT_TRUE(database.has_value()) << (database ? "" : to_string(database.error()));
    return std::move(*database);
  }

  // The code with which it does not open.
  ErrorCode failure(OpenOptions options = {}) const {
    const std::vector<Migration> steps{kFirst, kSecond};
    const auto database = Database::open(file_, steps, options);
    if (database) return ErrorCode{"none"};
    EXPECT_EQ(database.error().place.file, file_.string());
    return database.error().code;
  }

  void write(std::string_view bytes) const { ASSERT_TRUE(write_file(file_, bytes).has_value()); }

  static std::int64_t count(Database& database, std::string_view table) {
    auto statement = database.prepare("SELECT count(*) FROM " + std::string(table));
    EXPECT_TRUE(statement->step().value());
    return statement->integer(0);
  }

  fs::path folder_;
  fs::path file_;
};

TEST_F(DatabaseTest, ANewOneIsMadeAtTheLastVersion) {
  Database database = open();
  EXPECT_EQ(database.version().value(), 2);
  EXPECT_EQ(count(database, "thing"), 1);
  EXPECT_EQ(count(database, "part"), 0);
}

TEST_F(DatabaseTest, AnOlderOneIsBroughtUpAndKeepsWhatItHolds) {
  ASSERT_TRUE(open(1).execute("INSERT INTO thing (name) VALUES ('old')").has_value());
  Database database = open(2);
  EXPECT_EQ(database.version().value(), 2);
  EXPECT_EQ(count(database, "thing"), 2);
}

TEST_F(DatabaseTest, AStepIsTakenOnce) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(open().version().value(), 2);
  Database database = open();
  EXPECT_EQ(count(database, "thing"), 1);
}

TEST_F(DatabaseTest, AStepThatFailsChangesNothing) {
  {
    open(1);
  }
  const std::vector<Migration> steps{kFirst, {"bad", "CREATE TABLE more (x); SELECT nonsense"}};
  const auto broken = Database::open(file_, steps);
  ASSERT_FALSE(broken.has_value());
  EXPECT_NE(broken.error().message.find("version 2 (bad)"), std::string::npos);
  Database database = open(1);
  EXPECT_EQ(database.version().value(), 1);
  EXPECT_FALSE(database.prepare("SELECT * FROM more").has_value());
}

TEST_F(DatabaseTest, OneOfANewerVersionIsRefusedAndLeftAlone) {
  {
    open(2);
  }
  const std::vector<Migration> steps{kFirst};
  const auto database = Database::open(file_, steps);
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code, kNewerVersion);
  EXPECT_FALSE(database.error().hint.empty());
  EXPECT_EQ(open(2).version().value(), 2);
}

TEST_F(DatabaseTest, ADatabaseOfAnotherProgramIsRefused) {
  {
    Database database = open();
    ASSERT_TRUE(database.execute("PRAGMA application_id = 7").has_value());
  }
  EXPECT_EQ(failure(), kForeign);
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsRefused) {
  write("schema: nephometer\n" + std::string(4096, 'x'));
  EXPECT_EQ(failure(), kCorrupt);
}

// What a disk error or an editor leaves: the head is whole, a page of the schema is not.
TEST_F(DatabaseTest, ADamagedDatabaseIsRefused) {
  {
    open();
  }
  std::fstream bytes(file_, std::ios::binary | std::ios::in | std::ios::out);
  bytes.seekp(100);
  bytes << std::string(400, '\xFF');
  bytes.close();
  EXPECT_EQ(failure(), kCorrupt);
}

TEST_F(DatabaseTest, AnEmptyFileIsANewDatabase) {
  write("");
  EXPECT_EQ(open().version().value(), 2);
}

TEST_F(DatabaseTest, WhatCannotBeOpenedIsSaid) {
  ASSERT_TRUE(fs::create_directory(file_));
  EXPECT_EQ(failure(), kCannotOpen);
  fs::remove(file_);
  EXPECT_EQ(failure({.access = Access::kRead}), kCannotOpen) << "reading makes no file";
  EXPECT_FALSE(fs::exists(file_));
}

TEST_F(DatabaseTest, AFileThatMayNotBeWrittenIsReadAndNotWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  {
    open();
  }
  fs::permissions(file_, fs::perms::owner_read);
  EXPECT_EQ(failure(), kCannotWrite);
  Database database = open(2, {.access = Access::kRead});
  EXPECT_EQ(count(database, "thing"), 1);
}

TEST_F(DatabaseTest, ForeignKeysAreChecked) {
  Database database = open();
  const auto added = database.execute("INSERT INTO part (thing) VALUES (99)");
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, kConstraint);
}

TEST_F(DatabaseTest, ReadersDoNotWaitForTheWriter) {
  Database writer = open();
  auto transaction = Transaction::begin(writer);
  ASSERT_TRUE(writer.execute("INSERT INTO thing (name) VALUES ('half')").has_value());
  Database reader = open(2, {.access = Access::kRead, .busy_timeout = {}});
  EXPECT_EQ(count(reader, "thing"), 1) << "what is not committed does not show";
}

TEST_F(DatabaseTest, ASecondWriterWaitsAndThenSaysSo) {
  Database first = open();
  Database second = open(2, {.busy_timeout = std::chrono::milliseconds(1)});
  auto transaction = Transaction::begin(first);
  ASSERT_TRUE(transaction.has_value());
  const auto refused = Transaction::begin(second);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, kBusy);
  ASSERT_TRUE(transaction->commit().has_value());
  EXPECT_TRUE(Transaction::begin(second).has_value());
}

TEST_F(DatabaseTest, ATransactionIsAllOrNothing) {
  Database database = open();
  {
    auto left = Transaction::begin(database);
    ASSERT_TRUE(database.execute("DELETE FROM thing").has_value());
  }
  EXPECT_EQ(count(database, "thing"), 1);
  {
    auto committed = Transaction::begin(database);
    ASSERT_TRUE(database.execute("DELETE FROM thing").has_value());
    ASSERT_TRUE(committed->commit().has_value());
  }
  EXPECT_EQ(count(database, "thing"), 0);
}

TEST_F(DatabaseTest, WhatIsBoundIsReadBack) {
  Database database = open();
  auto insert = database.prepare("INSERT INTO thing (id, name) VALUES (?, ?)");
  const std::string text("'); DROP TABLE thing; --\0\xC3\xA9", 27);
  ASSERT_TRUE(insert->bind(std::int64_t{7}).bind(text).run().has_value());
  ASSERT_TRUE(insert->bind(std::optional<std::int64_t>()).bind("").run().has_value());
  EXPECT_EQ(database.last_row_id(), 8);
  auto select = database.prepare("SELECT id, name, NULL FROM thing WHERE id >= ? ORDER BY id");
  select->bind(std::int64_t{7});
  ASSERT_TRUE(select->step().value());
  EXPECT_EQ(select->text(1), text);
  EXPECT_EQ(select->optional_integer(2), std::nullopt);
  ASSERT_TRUE(select->step().value());
  EXPECT_EQ(select->text(1), "");
  EXPECT_FALSE(select->step().value());
}

TEST_F(DatabaseTest, WrongSqlIsADefectOfOurs) {
  Database database = open();
  const auto statement = database.prepare("SELEKT");
  ASSERT_FALSE(statement.has_value());
  EXPECT_EQ(statement.error().code, kQuery);
}

}  // namespace
}  // namespace nepho::store
