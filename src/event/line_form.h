// How a line of text holds one record: flow logs, access logs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "text/regex.h"

namespace nepho::event {

// One form of line of a log source, as its file's `lines` says (docs/formats/log-source.md). Cells
// stand between separators; a cell in quotes or brackets may hold some. A plain value.
struct LineForm {
  char separator = ' ';
  // The name of each cell, where no header gives another order. Cells behind them are left out.
  std::vector<std::string> columns;
  // Names that a header may hold besides.
  std::vector<std::string> also;
  // Fewer cells than this are no such line.
  std::size_t at_least = 0;
  // A line without a header is one of these when this is found in it.
  std::optional<text::Regex> known_by;
  // Columns whose cells become JSON numbers where they are written as such.
  std::vector<std::string> numbers;

  // A cell that holds several values: "203.0.113.7:443", "GET /path HTTP/1.1". Of two, the second
  // begins behind the last separator; of three, the first ends at the first separator and the
  // third begins behind the last.
  struct Part {
    std::string column;
    char separator = ' ';
    std::vector<std::string> names;
  };
  std::vector<Part> parts;

  // A value that stands in several cells, joined by blanks: a date and a time of day.
  struct Join {
    std::string name;
    std::vector<std::string> columns;
  };
  std::vector<Join> joins;
};

}  // namespace nepho::event
