#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace nepho::cli {
namespace {

constexpr int kNarrowest = 40;  // below, tables are no tables
constexpr int kWidest = 1'000;  // a larger COLUMNS is a mistake

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);  // before any thread starts
  return value == nullptr ? std::string_view{} : value;
}

// What COLUMNS says, or 0. A shell keeps it to itself; in our environment it is the user's wish.
int columns_from_environment() {
  const auto columns = parse_count(environment("COLUMNS"));
  return columns && *columns > 0 && *columns <= kWidest ? static_cast<int>(*columns) : 0;
}

int columns_of(int fd) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool wants_color(ColorChoice color, bool is_terminal) {
  if (color != ColorChoice::kAuto) return color == ColorChoice::kAlways;
  return is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

}  // namespace

Terminal Terminal::of(int fd, ColorChoice color) {
  Terminal terminal;
  terminal.is_terminal = ::isatty(fd) == 1;
  terminal.has_color = wants_color(color, terminal.is_terminal);
  int columns = columns_from_environment();
  if (columns == 0 && terminal.is_terminal) columns = columns_of(fd);
  if (columns == 0 && terminal.is_terminal) columns = terminal.width;
  if (columns == 0) return terminal;
  terminal.width = std::max(columns, kNarrowest);
  terminal.table_width = terminal.width;
  return terminal;
}

}  // namespace nepho::cli
