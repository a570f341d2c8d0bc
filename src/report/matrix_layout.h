// Blocks of lines under headings, set in as many columns as fit, as a newspaper sets them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/table.h"

namespace nepho::report {

// A heading and what stands under it, one cell a line. `indent` is kept when a long line wraps.
struct Block {
  struct Line {
    Cell cell;
    std::size_t indent = 0;
  };
  std::string heading;
  std::vector<Line> lines;
};

// Read down one column, then down the next; the columns are of about the same height. A block that
// runs over repeats its heading. With a width of 0, 80 columns are taken. Text from outside is made
// printable. Cost: O(characters).
std::string to_columns(const std::vector<Block>& blocks, const TextStyle& style);

}  // namespace nepho::report
