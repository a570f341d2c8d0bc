// A table with a line of names as records: what exports of alerts in CSV are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::alert {

// Reads rows of separated values (RFC 4180; commas, semicolons or tabs) below their first line.
// Columns are asked for in lower case, with one '_' for blanks, dashes and underscores. Not for
// threads; the text must outlive it.
class Table {
 public:
  // Nothing when the first line is none of names: fewer than two, one that is empty or twice there.
  static std::optional<Table> open(std::string_view text);

  struct Row {
    std::vector<std::string> cells;
    std::size_t line = 0;  // 1-based, of its first byte
  };
  // The next row that is not empty; nothing at the end.
  std::optional<Row> next();

  bool has(std::string_view column) const;
  // The cell of the row below `column`; "" when there is none.
  std::string_view cell(const Row& row, std::string_view column) const;
  // The row as a JSON object without its empty cells, each under the column's name as it is written
  // and, where that differs, as above.
  std::string json_of(const Row& row) const;

 private:
  Table(std::string_view text, std::vector<std::string> columns, std::vector<std::string> written,
        char separator)
      : text_(text),
        columns_(std::move(columns)),
        written_(std::move(written)),
        separator_(separator) {}

  std::string_view text_;  // what is not yet read
  std::vector<std::string> columns_;
  std::vector<std::string> written_;
  char separator_;
  std::size_t line_ = 2;
};

}  // namespace nepho::alert
