#include "text/markdown.h"

#include <algorithm>

#include "base/printable.h"

namespace nepho::text {
namespace {

// No bound of its own: whoever calls has one.
std::string printable_line(std::string_view line) {
  constexpr std::size_t kGrowth = 12;  // of a byte that is written as \u{10FFFF}
  return printable(line, line.size() * kGrowth + 1);
}

std::size_t longest_row_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t row = 0;
  for (const char c : text) {
    row = c == '`' ? row + 1 : 0;
    longest = std::max(longest, row);
  }
  return longest;
}

// A fence of backticks with a blank inside where the text begins or ends with one, or with a blank
// that would be taken away (CommonMark 6.1).
std::string code_span(std::string_view text) {
  if (text.empty()) return {};
  const std::string fence(longest_row_of_backticks(text) + 1, '`');
  const bool wants_blank =
      text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
  const std::string_view blank = wants_blank ? " " : "";
  return fence + std::string(blank) + std::string(text) + std::string(blank) + fence;
}

std::string_view html_entity(char c) {
  return c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : "";
}

// Whether Markdown may read the sign at `i`. Hyphens and plus signs begin lists only at the front,
// and a parenthesis a link's address only behind a bracket: in between they are left alone, so that
// the text can be read as it is.
bool is_markup(std::string_view line, std::size_t i) {
  const char before = i == 0 ? ' ' : line[i - 1];
  switch (line[i]) {
    case '-':
    case '+': return i == 0;
    case '(': return before == ']';
    default: return std::string_view("\\`*_{}[]#!|~$").find(line[i]) != std::string_view::npos;
  }
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string line = printable_line(text);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string_view rest = std::string_view(line).substr(i);
    if (const std::string_view entity = html_entity(line[i]); !entity.empty()) {
      out += entity;
    } else if (rest.starts_with(
                   "www.")) {  // GitHub makes links of these two by themselves (GFM 6.9)
      out += "www\\.";
      i += 3;
    } else {
      if (is_markup(line, i) || rest.starts_with("://")) out += '\\';
      out += line[i];
    }
  }
  return out;
}

std::string markdown_code(std::string_view text, std::size_t max_bytes) {
  return code_span(printable(text, max_bytes));
}

std::string markdown_cell_code(std::string_view text, std::size_t max_bytes) {
  std::string out;
  for (const char c : markdown_code(text, max_bytes)) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_block(std::string_view text, std::string_view language) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += printable_line(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  constexpr std::size_t kShortest = 3;
  const std::string fence(std::max(longest_row_of_backticks(lines) + 1, kShortest), '`');
  return fence + std::string(language) + "\n" + lines + fence + "\n";
}

}  // namespace nepho::text
