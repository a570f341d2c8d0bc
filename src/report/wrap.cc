#include "report/wrap.h"

#include <string_view>

#include "text/display_width.h"

namespace nepho::report {
namespace {

// How many bytes of `line` the next piece takes, when `fitting` bytes fit and more are left.
std::size_t piece_length(std::string_view line, std::size_t fitting) {
  if (line[fitting] == ' ') return fitting;
  const std::string_view head = line.substr(0, fitting);
  if (const std::size_t blank = head.rfind(' '); blank != head.npos && blank != 0) return blank;
  if (const std::size_t joint = head.find_last_of(",/:-."); joint != head.npos && joint != 0) {
    return joint + 1;
  }
  return fitting;
}

}  // namespace

std::vector<std::string> wrap(const std::vector<std::string>& lines, std::size_t width) {
  if (width == 0) return lines;
  std::vector<std::string> pieces;
  for (std::string_view line : lines) {
    while (text::display_width(line) > width) {
      const std::size_t length = piece_length(line, text::fitting_prefix(line, width));
      pieces.emplace_back(line.substr(0, length));
      line.remove_prefix(length);
      if (line.starts_with(' ')) line.remove_prefix(1);
    }
    pieces.emplace_back(line);
  }
  return pieces;
}

}  // namespace nepho::report
