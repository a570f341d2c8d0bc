#include "stream/text_form.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "event/printed_hash.h"
#include "event/record_splitter.h"
#include "event/rows.h"

namespace nepho::stream {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kNone = std::string_view::npos;

// What is looked at to see how a file of rows begins.
constexpr std::size_t kMaxHeadBytes = std::size_t{64} << 10U;

// The first line that begins a JSON object or array, or nothing.
std::optional<std::string_view> first_json_line(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = first_line(text);
    const std::size_t begin = line.find_first_not_of(kSpace);
    const bool opens = begin != kNone && (line[begin] == '{' || line[begin] == '[');
    if (opens && !event::is_fluent_bit_line(line)) return line;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return std::nullopt;
}

}  // namespace

// std::string_view::rfind is ten times slower than memrchr.
std::size_t lines_size(std::string_view text) {
  const void* last = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());
  return last == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(last) - text.data()) + 1;
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find('\n'), text.size()));
}

std::string_view last_line(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(kSpace) + 1);
  return text.substr(lines_size(text));
}

bool is_text_line(std::string_view line) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (event::is_fluent_bit_line(line)) return true;
  if (line.empty() ||
      !(is_alphanumeric(line[0]) || line[0] == '#' || line[0] == '<' || line[0] == '/'))
    return false;
  return line.find_first_of(" \t;") != kNone || event::is_csv_header(line);
}

std::string_view head_of_rows(std::string_view text) {
  text = text.substr(0, kMaxHeadBytes);
  std::size_t end = 0;
  while (end < text.size()) {
    const std::string_view line = first_line(text.substr(end));
    end = std::min(end + line.size() + 1, text.size());
    if (!line.starts_with('#') && line.find_first_not_of(kSpace) != kNone) break;
  }
  return text.substr(0, end);
}

bool begins_with_rows(std::string_view text) {
  const std::string_view head = head_of_rows(text);
  const std::string_view line = last_line(head);
  if (event::is_csv_header(line)) return true;
  if (!is_text_line(line) && !head.starts_with('#')) return false;
  const auto json = first_json_line(text);
  return !json || event::is_one_closed_value(*json);
}

}  // namespace nepho::stream
