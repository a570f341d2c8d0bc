// One pass each, over characters and not bytes: a byte that is no UTF-8 could swallow the character
// behind it, a quote perhaps, in a reader that resynchronises otherwise than we do. So it never
// gets out: it becomes U+FFFD.
#include "text/escape.h"

#include <algorithm>

#include "base/printable.h"
#include "base/utf8.h"
#include "text/json_writer.h"

namespace nepho::text {

// The key to Untrusted, held by this file alone.
class Encoder {
 public:
  static std::string_view open(const Untrusted<std::string_view>& text) { return text.value_; }
};

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// What stands for the character `c` in HTML, or "" for itself.
std::string_view html_entity(char c, bool in_attribute) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return in_attribute ? "&quot;" : "";
    case '\'': return in_attribute ? "&#39;" : "";
    case '\t':
    case '\n': return "";
    default: return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? kReplacement : "";
  }
}

std::string html(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t size = utf8_sequence_length(text);
    const std::string_view entity = size == 0   ? kReplacement
                                    : size == 1 ? html_entity(text[0], in_attribute)
                                                : std::string_view{};
    out += entity.empty() ? text.substr(0, size) : entity;
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

// Digits with at most one point, and a sign: what a spreadsheet reads as a number and no formula.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::count(text, '.') <= 1 && text != ".";
}

bool is_formula(std::string_view text) {
  constexpr std::string_view kStarts = "=+-@\t\r";
  return !text.empty() && kStarts.find(text[0]) != std::string_view::npos && !is_plain_number(text);
}

// Control characters but tab and line ends, C1 and bytes that are not UTF-8 as U+FFFD.
std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const bool is_space = next.value == '\t' || next.value == '\n' || next.value == '\r';
    const bool is_control = next.value < 0x20 || (next.value >= 0x7F && next.value <= 0x9F);
    const bool is_valid = utf8_sequence_length(text) != 0;
    out += is_valid && (is_space || !is_control) ? text.substr(0, next.size) : kReplacement;
    text.remove_prefix(next.size);
  }
  return out;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string html_text(std::string_view text) { return html(text, false); }

std::string html_attribute(std::string_view text) { return html(text, true); }

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (is_formula(text)) cell += '\'';
  cell += without_controls(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string url_component(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
  return out;
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_quoted(text, out);
  return out;
}

std::string log_text(std::string_view text) { return escape_for_log(text); }

std::string html_text(const Untrusted<std::string_view>& text) {
  return html_text(Encoder::open(text));
}
std::string html_attribute(const Untrusted<std::string_view>& text) {
  return html_attribute(Encoder::open(text));
}
std::string csv_cell(const Untrusted<std::string_view>& text) {
  return csv_cell(Encoder::open(text));
}
std::string url_component(const Untrusted<std::string_view>& text) {
  return url_component(Encoder::open(text));
}
std::string json_string(const Untrusted<std::string_view>& text) {
  return json_string(Encoder::open(text));
}
std::string log_text(const Untrusted<std::string_view>& text) {
  return log_text(Encoder::open(text));
}

}  // namespace nepho::text
