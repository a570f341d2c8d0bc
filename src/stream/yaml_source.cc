#include "stream/yaml_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "text/yaml.h"
#include "text/yaml_json.h"

namespace nepho::stream {
namespace {

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-@./'\"").find(c) != std::string_view::npos;
}

bool is_key_line(std::string_view line) {
  if (line.starts_with("---")) return line.find_first_not_of("- \r") == std::string_view::npos;
  if (line.starts_with("- ")) line.remove_prefix(2);
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  const std::string_view behind = line.substr(colon + 1);
  return std::ranges::all_of(line.substr(0, colon), is_key_character) &&
         (behind.empty() || behind[0] == ' ' || behind[0] == '\r');
}

void append_record(const text::YamlNode& node, std::size_t& line, std::string& out) {
  if (!node.is_mapping()) return;
  for (; line < node.line; ++line) out += '\n';
  text::append_json(node, out);
  out += '\n';
  ++line;
}

}  // namespace

bool may_be_yaml(std::string_view head, bool is_whole) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    if (end == head.size() && !is_whole) return false;
    const std::string_view line = head.substr(0, end);
    if (!line.starts_with('#') && line.find_first_not_of(" \t\r") != std::string_view::npos)
      return is_key_line(line);
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return false;
}

std::optional<std::string> json_lines_of_yaml(std::string_view yaml, const Limits& limits) {
  const auto stream = text::parse_yaml_stream(yaml, "", limits);
  if (stream.error) return std::nullopt;
  std::string out;
  std::size_t line = 1;
  for (const auto& document : stream.documents) {
    append_record(document, line, out);
    for (const auto& item : document.items) append_record(item, line, out);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

TextSource::TextSource(std::string text, std::uint64_t bytes_taken)
    : text_(std::move(text)), bytes_taken_(bytes_taken) {}

Result<std::size_t> TextSource::read(char* out, std::size_t capacity) {
  const std::size_t count = std::min(capacity, text_.size() - given_);
  std::memcpy(out, text_.data() + given_, count);
  given_ += count;
  return count;
}

}  // namespace nepho::stream
