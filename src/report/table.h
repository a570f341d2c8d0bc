// A table of text, shown as aligned columns on a terminal, as Markdown or as CSV.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nepho::report {

// What a cell means; on a terminal its colour. Colour is never the only sign: the text says it too.
enum class Tone { kPlain, kStrong, kFaint, kGood, kMiddling, kBad, kInformation };

struct Cell {
  std::string text;
  Tone tone = Tone::kPlain;

  Cell() = default;
  Cell(std::string cell_text, Tone cell_tone = Tone::kPlain)  // NOLINT: a text is a cell
      : text(std::move(cell_text)), tone(cell_tone) {}
  Cell(std::string_view cell_text, Tone cell_tone = Tone::kPlain)  // NOLINT
      : text(cell_text), tone(cell_tone) {}
  Cell(const char* cell_text, Tone cell_tone = Tone::kPlain)  // NOLINT
      : text(cell_text), tone(cell_tone) {}
};

enum class Align { kLeft, kRight };

// Where the table is wider than its room, the columns that may wrap give way, the widest first.
struct Column {
  std::string title;
  Align align = Align::kLeft;
  bool may_wrap = true;
};

// Rows of as many cells as there are columns (missing ones are empty; more is a defect). A cell may
// hold several lines. Any text may come from outside: each form below makes it safe.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add_row(std::vector<Cell> row);

  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

struct TextStyle {
  std::size_t width = 0;  // columns at hand; 0: as wide as it is
  bool has_color = false;
};

// Columns two blanks apart under underlined titles; nothing is cut, long cells wrap. Lines have no
// blanks at their end. Cost: O(characters).
std::string to_text(const Table& table, const TextStyle& style);
// A GitHub-flavoured Markdown table; | and markup in cells are escaped, lines joined by <br>.
std::string to_markdown(const Table& table);
// RFC 4180 with a header line and CRLF line ends; formulas neutralised (text/escape.h).
std::string to_csv(const Table& table);

// `text` in the colour of `tone`, or as it is.
std::string in_tone(std::string_view text, Tone tone, bool has_color);

}  // namespace nepho::report
