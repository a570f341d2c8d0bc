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

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "base/utf8.h"
#include "text/json_marks.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

// Copies `raw` from `at` on up to the next backslash, or to its end, which it returns. So many
// bytes may be written from `to` on as are left of `raw`.
std::size_t copy_plain(std::string_view raw, std::size_t at, char* to) {
#if defined(__SSE2__)
  for (; at + 16 <= raw.size(); at += 16, to += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(raw.data() + at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
    const auto places =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    if (places != 0) return at + static_cast<std::size_t>(std::countr_zero(places));
  }
#endif
  for (; at < raw.size() && raw[at] != '\\'; ++at) *to++ = raw[at];
  return at;
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
  for (std::size_t at = 1; (at = find_quote_or_backslash(text, at)) < text.size(); at += 2) {
    if (text[at] == '"') return at + 1;  // what is escaped is not the end
  }
  return 0;
}

// Nothing is longer than the escape that writes it, so that what is left of `raw` has room in
// `out`.
bool append_json_string(std::string_view raw, std::string& out) {
  std::size_t size = out.size();
  out.resize(size + raw.size());
  std::size_t at = 0;
  bool is_good = true;
  while (at < raw.size()) {
    const std::size_t slash = copy_plain(raw, at, out.data() + size);
    size += slash - at;
    at = slash;
    if (at == raw.size()) break;
    const char second = at + 1 < raw.size() ? raw[at + 1] : '\0';
    if (const char c = short_escape(second); c != 0) {
      out[size++] = c;
      at += 2;
      continue;
    }
    std::string character;
    const std::size_t taken =
        second == 'u' ? append_unicode_escape(raw, at + 1, character) : std::size_t{0};
    is_good = taken != 0;
    if (!is_good) break;
    std::ranges::copy(character, out.begin() + static_cast<std::ptrdiff_t>(size));
    size += character.size();
    at += 1 + taken;
  }
  out.resize(size);
  return is_good;
}

std::size_t json_escape_length(std::string_view raw, std::size_t at) {
  if (at + 1 >= raw.size()) return 0;
  if (raw[at + 1] == 'u') return hex4(raw, at + 2) ? 6 : 0;
  return short_escape(raw[at + 1]) != 0 ? 2 : 0;
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
