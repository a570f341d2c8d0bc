// What a stream can show: how wide it is, whether it takes colour.
#pragma once

#include "cli/arguments.h"

namespace nepho::cli {

struct Terminal {
  bool is_terminal = false;
  bool has_color = false;
  // Columns for running text; COLUMNS or what the terminal says, at least 40; 80 for a pipe.
  int width = 80;
  // Columns for tables; 0 means as wide as they are (a pipe without COLUMNS).
  int table_width = 0;

  // Of an open file descriptor. NO_COLOR (no-color.org) and TERM=dumb switch colour off under
  // kAuto.
  static Terminal of(int fd, ColorChoice color);
};

}  // namespace nepho::cli
