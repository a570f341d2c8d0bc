#include "event/tolerant_index.h"

#include <cstddef>

namespace nepho::event {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool is_operator(char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ':' || c == ',';
}

// The position behind the string that begins at `at`: behind its closing quote, or of the line end
// that cuts it off; npos when the text ends first.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\n') return at;
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
  }
  return std::string_view::npos;
}

}  // namespace

std::span<const std::uint32_t> TolerantIndexer::index(std::string_view text) {
  positions_.clear();
  ends_in_string_ = false;
  bool in_run = false;  // of characters that are neither space, operator nor string
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool starts = is_operator(c) || (!is_space(c) && !in_run);
    if (starts) positions_.push_back(static_cast<std::uint32_t>(at));
    // A quote in the middle of a run ("a\"b") opens a string without being a start itself; what
    // follows a string starts anew.
    in_run = !is_space(c) && !is_operator(c) && c != '"';
    at = c == '"' ? skip_string(text, at) : at + 1;
    ends_in_string_ = at == std::string_view::npos;
    if (ends_in_string_) break;
  }
  return positions_;
}

}  // namespace nepho::event
