// RFC 8259 sections 6 and 7:
//
//   number = [ "-" ] ( "0" | digit1-9 { digit } ) [ "." digit { digit } ] [ exponent ]
//   exponent = ( "e" | "E" ) [ "+" | "-" ] digit { digit }
//   string = '"' { character | escape } '"'
//   escape = "\" ( '"' | "\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex )
//
// A character beyond the plane of 16 bits is written as two \u escapes, a high surrogate and a low
// one; either alone stands for no character.
#include "text/json_scalar.h"

#include <cstdint>
#include <optional>

#include "base/utf8.h"

namespace nepho::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - from;
}

// The value of four hexadecimal digits at `from`.
std::optional<std::uint32_t> hex4(std::string_view raw, std::size_t from) {
  if (raw.size() < from + 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : raw.substr(from, 4)) {
    std::uint32_t digit = 0;
    if (is_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A') + 10;
    } else {
      return std::nullopt;
    }
    value = value << 4U | digit;
  }
  return value;
}

// Appends the \uXXXX at `from` (the 'u'), with its second half where there is one. Returns the
// bytes taken from `from` on, 0 when it is no escape.
std::size_t append_unicode_escape(std::string_view raw, std::size_t from, std::string& out) {
  const auto high = hex4(raw, from + 1);
  if (!high) return 0;
  const bool leads = *high >= 0xD800 && *high <= 0xDBFF;
  if (leads && raw.substr(from + 5, 2) == "\\u") {
    const auto low = hex4(raw, from + 7);
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      append_utf8(0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00), out);
      return 11;
    }
  }
  const bool lone = *high >= 0xD800 && *high <= 0xDFFF;
  append_utf8(lone ? 0xFFFD : *high, out);
  return 5;
}

char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

}  // namespace

std::size_t json_number_length(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t whole = count_digits(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return 0;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = count_digits(text, at + 1);
    if (fraction == 0) return 0;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t digits = at + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    const std::size_t exponent = count_digits(text, digits);
    if (exponent == 0) return 0;
    at = digits + exponent;
  }
  return at;
}

bool is_json_number(std::string_view text) {
  return !text.empty() && json_number_length(text) == text.size();
}

std::size_t json_string_length(std::string_view text) {
  if (text.empty() || text[0] != '"') return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    at = text.find_first_of("\"\\", at);
    if (at == std::string_view::npos) return 0;
    if (text[at] == '"') return at + 1;
    ++at;  // what is escaped is not the end
  }
  return 0;
}

bool append_json_string(std::string_view raw, std::string& out) {
  while (true) {
    const std::size_t slash = raw.find('\\');
    out += raw.substr(0, slash);
    if (slash == std::string_view::npos) return true;
    if (slash + 1 >= raw.size()) return false;
    std::size_t taken = 1;
    if (raw[slash + 1] == 'u') {
      taken = append_unicode_escape(raw, slash + 1, out);
      if (taken == 0) return false;
    } else if (const char c = simple_escape(raw[slash + 1]); c != 0) {
      out += c;
    } else {
      return false;
    }
    raw.remove_prefix(slash + 1 + taken);
  }
}

std::size_t json_escape_length(std::string_view raw, std::size_t at) {
  if (at + 1 >= raw.size()) return 0;
  if (raw[at + 1] == 'u') return hex4(raw, at + 2) ? 6 : 0;
  return simple_escape(raw[at + 1]) != 0 ? 2 : 0;
}

bool ends_json_scalar(char c) {
  switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ',':
    case ']':
    case '}': return true;
    default: return false;
  }
}

}  // namespace nepho::text
