#include "text/display_width.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace nepho::text {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Combining marks of the scripts that terminals compose (Unicode 15, general category Mn, by
// block), joiners and variation selectors.
constexpr std::array kZeroWidth{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},   Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A},   Range{0x0E47, 0x0E4E},
    Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F},   Range{0x20D0, 0x20FF},
    Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xE0100, 0xE01EF},
};

// EastAsianWidth.txt, W and F, neighbouring blocks drawn together.
constexpr std::array kWide{
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},
    Range{0x2614, 0x2615},   Range{0x26A1, 0x26A1},   Range{0x2705, 0x2705},
    Range{0x274C, 0x274C},   Range{0x2753, 0x2755},   Range{0x2757, 0x2757},
    Range{0x2795, 0x2797},   Range{0x2B50, 0x2B50},   Range{0x2E80, 0x303E},
    Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},
    Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
    Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF}, Range{0x1FA70, 0x1FAFF}, Range{0x20000, 0x3FFFD},
};

template <std::size_t N>
bool is_in(char32_t c, const std::array<Range, N>& ranges) {
  const auto after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
  return after != ranges.begin() && c <= std::prev(after)->last;
}

}  // namespace

std::size_t display_width(char32_t c) {
  if (c < 0x300) return 1;
  if (is_in(c, kZeroWidth)) return 0;
  return is_in(c, kWide) ? 2 : 1;
}

std::size_t display_width(std::string_view line) {
  std::size_t width = 0;
  while (!line.empty()) {
    const CodePoint next = first_code_point(line);
    width += display_width(next.value);
    line.remove_prefix(next.size);
  }
  return width;
}

std::size_t fitting_prefix(std::string_view line, std::size_t columns) {
  std::size_t bytes = 0;
  std::size_t width = 0;
  while (bytes < line.size()) {
    const CodePoint next = first_code_point(line.substr(bytes));
    width += display_width(next.value);
    if (width > columns && bytes != 0) break;
    bytes += next.size;
  }
  return bytes;
}

}  // namespace nepho::text
