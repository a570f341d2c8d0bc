#include "event/row_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nepho::event {
namespace {

using testing::ElementsAre;

std::vector<std::string> cut(std::string_view row, char separator = ' ', std::size_t most = 99) {
  RowCells cells;
  cells.take(row);
  cells.cut(separator, most);
  std::vector<std::string> all;
  for (const auto& cell : cells.cells()) all.emplace_back(cells.text(cell));
  return all;
}

// The definition, byte by byte.
std::vector<std::string> cut_slowly(std::string_view row, char separator, std::size_t most) {
  std::vector<std::string> cells;
  std::size_t at = 0;
  while (at <= row.size() && cells.size() < most) {
    const char open = at < row.size() ? row[at] : '\0';
    const char close = open == '"' ? '"' : ']';
    std::size_t quoted = std::string_view::npos;
    for (std::size_t end = at + 1; (open == '"' || open == '[') && end < row.size(); ++end) {
      if (row[end] != close) continue;
      if (end + 1 != row.size() && row[end + 1] != separator) continue;
      quoted = end;
      break;
    }
    if (quoted != std::string_view::npos) {
      cells.emplace_back(row.substr(at + 1, quoted - at - 1));
      at = quoted + 2;
      continue;
    }
    std::size_t end = at;
    while (end < row.size() && row[end] != separator) ++end;
    cells.emplace_back(row.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

TEST(RowCells, StandBetweenSeparators) {
  EXPECT_THAT(cut("a bc  d"), ElementsAre("a", "bc", "", "d"));
  EXPECT_THAT(cut("a bc d", ' ', 2), ElementsAre("a", "bc"));
  EXPECT_THAT(cut("a b\tc ", '\t'), ElementsAre("a b", "c "));
  EXPECT_THAT(cut("a b;\"c;d\";;\te", ';'), ElementsAre("a b", "c;d", "", "\te"));
  EXPECT_THAT(cut(""), ElementsAre(""));
  EXPECT_THAT(cut(" "), ElementsAre("", ""));
}

TEST(RowCells, InQuotesOrBracketsMayHoldSeparators) {
  EXPECT_THAT(cut("[a b] \"c d\" e"), ElementsAre("a b", "c d", "e"));
  EXPECT_THAT(cut("\"a \"b\" c\" d"), ElementsAre("a \"b", "c\"", "d"));
  EXPECT_THAT(cut("\"never closed"), ElementsAre("\"never", "closed"));
  EXPECT_THAT(cut("[::1]:443 x"), ElementsAre("[::1]:443", "x"));
}

TEST(RowCells, AreCutAsByteByByte) {
  std::mt19937 random(1);
  const std::string_view letters = "ab ;\t\"[]-\\\x01\xC3 ";
  RowCells cells;
  for (int i = 0; i < 20'000; ++i) {
    std::string row;
    for (std::size_t n = random() % (i % 2 == 0 ? 12 : 200); n > 0; --n) {
      row += letters[random() % letters.size()];
    }
    const char separator = " \t;"[random() % 3];
    const std::size_t most = 1 + random() % 20;
    cells.take(row);
    cells.cut(separator, most);
    std::vector<std::string> all;
    for (const auto& cell : cells.cells()) {
      all.emplace_back(cells.text(cell));
      const bool is_plain = std::ranges::none_of(
          all.back(), [](char c) { return c < ' ' || c == '"' || c == '\\' || c == '\x7f'; });
      EXPECT_EQ(cells.is_plain(cell), is_plain) << row;
    }
    EXPECT_EQ(all, cut_slowly(row, separator, most)) << row;
    EXPECT_EQ(cells.row(), row);
    EXPECT_EQ(cells.holds_tabs(), row.contains('\t'));
    EXPECT_EQ(cells.is_wild(), row.contains('\x01') || row.contains('\xC3'));
  }
}

TEST(RowCells, AreJoinedBehindTheRowWhereTheyArePlain) {
  RowCells cells;
  cells.take("2024-01-02\t03:04:05\t\"\\\"");
  cells.cut('\t', 9);
  const auto joined = cells.join(std::vector<std::size_t>{0, 1, 7});
  ASSERT_TRUE(joined);
  EXPECT_EQ(cells.text(*joined), "2024-01-02 03:04:05");
  EXPECT_FALSE(cells.join(std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(cells.text(cells.cells()[0]), "2024-01-02");
}

}  // namespace
}  // namespace nepho::event
