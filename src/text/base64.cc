// Three bytes are 24 bits are four characters; what is missing of the last three is padding. UTF-16
// is written unit by unit, high byte first or low byte first.
#include "text/base64.h"

#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace nepho::text {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char32_t kReplacement = 0xFFFD;

// The six bits of each character; -1 for what is none of the alphabet.
constexpr std::array<std::int8_t, 256> kValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::int8_t i = 0; i < 64; ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = i;
  }
  return values;
}();

void append_unit(std::uint32_t unit, bool little_endian, std::string& out) {
  const char high = static_cast<char>(unit >> 8U);
  const char low = static_cast<char>(unit & 0xFFU);
  out += little_endian ? low : high;
  out += little_endian ? high : low;
}

std::string to_utf16(std::string_view utf8, bool little_endian) {
  std::string out;
  while (!utf8.empty()) {
    auto [c, size] = first_code_point(utf8);
    if (utf8_sequence_length(utf8) == 0) c = kReplacement;
    if (c < 0x10000) {
      append_unit(c, little_endian, out);
    } else {
      append_unit(0xD800U + ((c - 0x10000U) >> 10U), little_endian, out);
      append_unit(0xDC00U + ((c - 0x10000U) & 0x3FFU), little_endian, out);
    }
    utf8.remove_prefix(size);
  }
  return out;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]))
                               : 0U;
    };
    const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    out += kAlphabet[group >> 18U];
    out += kAlphabet[(group >> 12U) & 63U];
    out += i + 1 < bytes.size() ? kAlphabet[(group >> 6U) & 63U] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[group & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned num_bits = 0;
  for (const char c : text) {
    const std::int8_t value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    num_bits += 6;
    if (num_bits < 8) continue;
    num_bits -= 8;
    out += static_cast<char>(bits >> num_bits & 0xFFU);
    bits &= (1U << num_bits) - 1;
  }
  if (num_bits == 6 || bits != 0) return std::nullopt;
  return out;
}

std::string to_utf16le(std::string_view utf8) { return to_utf16(utf8, true); }
std::string to_utf16be(std::string_view utf8) { return to_utf16(utf8, false); }

}  // namespace nepho::text
