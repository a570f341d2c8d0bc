// Comma-separated values (RFC 4180), with any separator and either line end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::text {

// The size of the first row of `text`, its line end included: quotes may hold line ends. All of
// `text` when no row ends in it.
std::size_t csv_row_size(std::string_view text);

// The size of the rows at the start of `text` that have their line end.
std::size_t csv_rows_size(std::string_view text);

// The cells of one row; its line end is left out. A cell that begins with a quote is without it and
// its other half, and of two quotes within it one is left. Cells beyond kMaxCsvCells are left out.
std::vector<std::string> csv_cells(std::string_view row, char separator = ',');

// More columns than any log or list of rules has (Log Analytics tables: some 200).
inline constexpr std::size_t kMaxCsvCells = 1000;

}  // namespace nepho::text
