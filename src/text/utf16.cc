// PowerShell's ">" and older mitreattack-python write UTF-16. A mark at the start tells; without
// one a JSON document does, as it begins with an ASCII character whose other byte is zero.
#include "text/utf16.h"

#include <string_view>

#include "base/utf8.h"

namespace nepho::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

enum class Encoding : std::uint8_t { kUtf8, kLittleEndian, kBigEndian };

struct Sniffed {
  Encoding encoding = Encoding::kUtf8;
  std::size_t mark_bytes = 0;
};

bool starts_json(char c) { return c == '{' || c == '[' || c == '"'; }

Sniffed sniff(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return {Encoding::kLittleEndian, 2};
  if (bytes.starts_with("\xFE\xFF")) return {Encoding::kBigEndian, 2};
  if (bytes.starts_with("\xEF\xBB\xBF")) return {Encoding::kUtf8, 3};
  if (bytes.size() < 2) return {};
  if (starts_json(bytes[0]) && bytes[1] == '\0') return {Encoding::kLittleEndian, 0};
  if (bytes[0] == '\0' && starts_json(bytes[1])) return {Encoding::kBigEndian, 0};
  return {};
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xE000; }

std::string decode(std::string_view bytes, bool little_endian) {
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little_endian ? first | (second << 8U) : (first << 8U) | second);
  };
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 16);
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit_at(at);
    if (is_high_surrogate(c) && at + 3 < bytes.size()) {
      const char32_t low = unit_at(at + 2);
      if (is_surrogate(low) && !is_high_surrogate(low)) {
        c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
        at += 2;
      }
    }
    append_utf8(is_surrogate(c) ? kReplacement : c, out);
  }
  if (at < bytes.size()) append_utf8(kReplacement, out);
  return out;
}

}  // namespace

std::string utf8_of_document(std::string bytes) {
  const Sniffed sniffed = sniff(bytes);
  if (sniffed.encoding == Encoding::kUtf8) {
    bytes.erase(0, sniffed.mark_bytes);
    return bytes;
  }
  return decode(std::string_view(bytes).substr(sniffed.mark_bytes),
                sniffed.encoding == Encoding::kLittleEndian);
}

}  // namespace nepho::text
