#include "event/kept_by_row.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::event {
namespace {

// The row that is kept, or "new" for one that had to begin.
std::string of(KeptByRow<std::string>& rows, std::uint64_t row) {
  bool is_new = false;
  std::string& kept = rows.of(row, [&](std::string& begun) {
    begun = std::to_string(row);
    is_new = true;
  });
  return is_new ? "new" : kept;
}

TEST(KeptByRow, KeepsARowUntilAnotherTakesItsPlace) {
  KeptByRow<std::string> rows;
  EXPECT_EQ(of(rows, 7), "new");
  EXPECT_EQ(of(rows, 7), "7");
  for (std::uint64_t row = 1; row < 5000; ++row) {
    of(rows, row);
    EXPECT_EQ(of(rows, row), std::to_string(row));
  }
  EXPECT_EQ(of(rows, 7), "new");
}

// Two views number their rows alike in the lower half, and take turns.
TEST(KeptByRow, KeepsTheRowsOfTwoViews) {
  KeptByRow<std::string> rows;
  int num_kept = 0;
  for (std::uint64_t row = 1; row < 20; ++row) {
    for (int turn = 0; turn < 2; ++turn) {
      for (const std::uint64_t view : {1U, 2U}) num_kept += of(rows, view << 32U | row) != "new";
    }
  }
  EXPECT_GE(num_kept, 34);  // of 38: a few share a place
}

}  // namespace
}  // namespace nepho::event
