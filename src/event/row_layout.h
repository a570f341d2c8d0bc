// What the cells of a row are called and how they become members.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "event/line_form.h"
#include "event/row_cells.h"

namespace nepho::event {

// Made once for a header or a form of line. Immutable; copies tell the same. `form`, which may be
// null, must outlive it.
class RowLayout {
 public:
  RowLayout(std::vector<std::string> columns, char separator, const LineForm* form);

  // Appends `row` as a JSON object on one line. False, with `out` as it was, when it has fewer
  // cells than the form asks for. "-" and an empty cell are no value and left out. Bytes that are
  // not UTF-8 become U+FFFD. Cost: about 0.5 ns a byte.
  bool append(std::string_view row, std::string& out) const;

  // The same in two steps, for who wants to look at the cells between them.
  bool cut(RowCells& cells) const;
  void append(RowCells& cells, std::string& out) const;

  // A text that is copied sixteen bytes at a time.
  struct Padded {
    explicit Padded(std::string_view shown);
    std::string bytes;
    std::size_t size = 0;
  };
  struct Column {
    std::string name;
    Padded member;  // "\"name\":", escaped
    bool is_number = false;
    const LineForm::Part* part = nullptr;
    std::vector<Padded> part_members;
  };
  struct Join {
    std::string name;
    Padded member;
    std::vector<std::size_t> columns;
  };
  // No row of this size becomes a longer record.
  std::size_t most_bytes(std::size_t row_size) const;
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<Join>& joins() const { return joins_; }
  char separator() const { return separator_; }
  // Tells layouts of one process apart; copies share it.
  std::uint64_t number() const { return number_; }

 private:
  template <typename Out>
  void write(RowCells& cells, Out& out) const;
  template <typename Out>
  void write_join(const RowCells& cells, const Join& join, Out& out) const;

  std::vector<Column> columns_;
  std::vector<Join> joins_;
  std::size_t at_least_ = 1;
  std::size_t members_bytes_ = 0;  // most that all members take without their values
  std::size_t num_joined_ = 0;     // columns that joins name
  char separator_ = ' ';
  std::uint64_t number_ = 0;
};

// No value: left out of the record.
inline bool is_no_value(std::string_view cell) {
  return cell.empty() || (cell.size() == 1 && cell[0] == '-');
}

// Whether a cell of a column of numbers is written as one: no exponent, and no more digits than
// readers of 64 bits keep.
bool is_plain_number(std::string_view cell);

// Calls `hit` with the number of each name of the part that has a value in `cell`, and that value.
template <typename Hit>
void each_part(const LineForm::Part& part, std::string_view cell, Hit hit) {
  const std::size_t last = cell.rfind(part.separator);
  if (last == std::string_view::npos) return;
  const std::size_t first = cell.find(part.separator);
  const auto give = [&](std::size_t which, std::string_view text) {
    if (!is_no_value(text)) hit(which, text);
  };
  if (part.names.size() == 2) {
    give(0, cell.substr(0, last));
  } else {
    give(0, cell.substr(0, first));
    if (last > first) give(1, cell.substr(first + 1, last - first - 1));
  }
  give(part.names.size() - 1, cell.substr(last + 1));
}

}  // namespace nepho::event
