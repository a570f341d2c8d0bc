// The table of RFC 3629 section 4 ("Syntax of UTF-8 Byte Sequences"), as comparisons; T is 80..BF:
//
//   00..7F                                     one byte
//   C2..DF T                                   two; C0 and C1 would write ASCII at greater length
//   E0 A0..BF T | E1..EC T T | EE..EF T T      three; E0 80..9F would be overlong
//   ED 80..9F T                                three; ED A0..BF are the surrogates
//   F0 90..BF T T | F1..F3 T T T | F4 80..8F T T   four; F4 90 and more lie beyond U+10FFFF
#include "base/utf8.h"

#include <cstdint>

namespace nepho {
namespace {

// 0 behind the end, which continues no sequence: so no length needs to be asked for.
std::uint32_t byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool continues(std::uint32_t byte) { return (byte & 0xC0U) == 0x80U; }

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  const std::uint32_t a = byte_at(text, 0);
  const std::uint32_t b = byte_at(text, 1);
  if (a < 0x80) return text.empty() ? 0 : 1;
  if (a < 0xC2 || !continues(b)) return 0;
  if (a < 0xE0) return 2;
  if (!continues(byte_at(text, 2))) return 0;
  if (a < 0xF0) {
    const bool overlong = a == 0xE0 && b < 0xA0;
    const bool surrogate = a == 0xED && b > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool in_range = a < 0xF4 ? (a > 0xF0 || b >= 0x90) : (a == 0xF4 && b < 0x90);
  return in_range && continues(byte_at(text, 3)) ? 4 : 0;
}

CodePoint first_code_point(std::string_view text) {
  const std::size_t size = utf8_sequence_length(text);
  const std::uint32_t a = byte_at(text, 0);
  const auto low_bits = [&](std::size_t i) { return byte_at(text, i) & 0x3FU; };
  switch (size) {
    case 1: return {a, 1};
    case 2: return {(a & 0x1FU) << 6U | low_bits(1), 2};
    case 3: return {(a & 0xFU) << 12U | low_bits(1) << 6U | low_bits(2), 3};
    case 4: return {(a & 0x7U) << 18U | low_bits(1) << 12U | low_bits(2) << 6U | low_bits(3), 4};
    default: return {0xDC00U + a, 1};
  }
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = utf8_sequence_length(text.substr(at));
    if (size == 0) return at;
    at += size;
  }
  return at;
}

void append_utf8(char32_t c, std::string& out) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0U | c >> 6U);
    add(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    add(0xE0U | c >> 12U);
    add(0x80U | (c >> 6U & 0x3FU));
    add(0x80U | (c & 0x3FU));
  } else {
    add(0xF0U | c >> 18U);
    add(0x80U | (c >> 12U & 0x3FU));
    add(0x80U | (c >> 6U & 0x3FU));
    add(0x80U | (c & 0x3FU));
  }
}

}  // namespace nepho
