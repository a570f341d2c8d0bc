#include "text/csv.h"

#include <algorithm>

namespace nepho::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Behind the line end that ends the first row, or npos.
std::size_t end_of_row(std::string_view text) {
  bool in_quotes = false;
  for (std::size_t at = text.find_first_of("\"\n"); at != kNone;
       at = text.find_first_of("\"\n", at + 1)) {
    if (text[at] == '"') {
      in_quotes = !in_quotes;
    } else if (!in_quotes) {
      return at + 1;
    }
  }
  return kNone;
}

// Takes what stands in the quotes at the start of `row` off it.
std::string take_quoted(std::string_view& row) {
  std::string cell;
  std::size_t at = 1;
  for (; at < row.size(); ++at) {
    if (row[at] == '"') {
      const bool is_doubled = at + 1 < row.size() && row[at + 1] == '"';
      if (!is_doubled) break;
      ++at;
    }
    cell += row[at];
  }
  row.remove_prefix(std::min(at + 1, row.size()));
  return cell;
}

}  // namespace

std::size_t csv_row_size(std::string_view text) { return std::min(end_of_row(text), text.size()); }

std::size_t csv_rows_size(std::string_view text) {
  std::size_t size = 0;
  for (std::size_t end = end_of_row(text); end != kNone; end = end_of_row(text.substr(size)))
    size += end;
  return size;
}

std::vector<std::string> csv_cells(std::string_view row, char separator) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  std::vector<std::string> cells;
  while (cells.size() < kMaxCsvCells) {
    std::string cell = row.starts_with('"') ? take_quoted(row) : std::string();
    const std::size_t end = row.find(separator);
    cells.push_back(std::move(cell.append(row.substr(0, end))));
    if (end == kNone) break;
    row.remove_prefix(end + 1);
  }
  return cells;
}

}  // namespace nepho::text
