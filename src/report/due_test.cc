#include "report/due.h"

#include <gtest/gtest.h>

namespace nepho::report {
namespace {

TEST(DueTable, SaysOfEachPlayWhetherItHasEndedAndWhy) {
  coverage::Coverage coverage;
  coverage.cells.resize(2);
  coverage.cells[1].technique.value = "T1530";
  const Table table = due_table(
      coverage, {{1, "old", evidence::Kind::kReplay, true, -3, "expired: older than 180 days"},
                 {1, "new", evidence::Kind::kSynthetic, false, 4, "ends in 4 days"}});
  ASSERT_EQ(table.rows().size(), 2U);
  const auto texts = [&](std::size_t row) {
    std::string all;
    for (const Cell& cell : table.rows()[row]) all += cell.text + '|';
    return all;
  };
  EXPECT_EQ(texts(0), "stale|T1530|old|replay|expired: older than 180 days|");
  EXPECT_EQ(texts(1), "due|T1530|new|synthetic|ends in 4 days|");
}

}  // namespace
}  // namespace nepho::report
