#include "text/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::text {
namespace {

using testing::ElementsAre;

TEST(Csv, CellsStandBetweenSeparators) {
  EXPECT_THAT(csv_cells("a,,b c\r\n"), ElementsAre("a", "", "b c"));
  EXPECT_THAT(csv_cells("a;b,c", ';'), ElementsAre("a", "b,c"));
  EXPECT_THAT(csv_cells("a,"), ElementsAre("a", ""));
  EXPECT_THAT(csv_cells(""), ElementsAre(""));
}

TEST(Csv, QuotesHoldSeparatorsLineEndsAndDoubledQuotes) {
  EXPECT_THAT(csv_cells("\"a,b\",\"c\nd\",\"\"\"e\"\" f\"\n"),
              ElementsAre("a,b", "c\nd", "\"e\" f"));
  EXPECT_THAT(csv_cells("\"a\"b,c\"d\""), ElementsAre("ab", "c\"d\"")) << "RFC 4180 has none";
  EXPECT_THAT(csv_cells("\"no end,a"), ElementsAre("no end,a"));
}

TEST(Csv, RowsEndAtLineEndsOutsideOfQuotes) {
  EXPECT_EQ(csv_row_size("a,\"b\nc\"\nd\n"), 8U);
  EXPECT_EQ(csv_row_size("a,b"), 3U);
  EXPECT_EQ(csv_row_size("\"a\nb"), 4U);
  EXPECT_EQ(csv_rows_size("a\n\"b\nc\"\nd"), 8U);
  EXPECT_EQ(csv_rows_size("a,b\n\"x\ny"), 4U);
  EXPECT_EQ(csv_rows_size(""), 0U);
}

TEST(Csv, CellsAreBounded) { EXPECT_EQ(csv_cells(std::string(5'000, ',')).size(), kMaxCsvCells); }

}  // namespace
}  // namespace nepho::text
