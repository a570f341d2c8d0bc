#include "report/wrap.h"

#include <algorithm>
#include <string_view>

#include "text/display_width.h"

namespace nepho::report {
namespace {

constexpr std::string_view kJoints = ",/:-._";

// How many bytes of `line` the next piece takes, when `fitting` bytes fit and more are left.
std::size_t piece_length(std::string_view line, std::size_t fitting) {
  if (line[fitting] == ' ') return fitting;
  const std::string_view head = line.substr(0, fitting);
  if (const std::size_t blank = head.rfind(' '); blank != head.npos && blank != 0) return blank;
  if (const std::size_t joint = head.find_last_of(kJoints); joint != head.npos && joint != 0) {
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

std::size_t longest_word(const std::vector<std::string>& lines) {
  std::size_t longest = 0;
  for (std::string_view line : lines) {
    while (!line.empty()) {
      const std::size_t blank = std::min(line.find(' '), line.size());
      const std::size_t joint = std::min(line.find_first_of(kJoints), line.size() - 1);
      longest = std::max(longest, text::display_width(line.substr(0, std::min(blank, joint + 1))));
      line.remove_prefix(std::min({blank + 1, joint + 1, line.size()}));
    }
  }
  return longest;
}

}  // namespace nepho::report
