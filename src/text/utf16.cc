// PowerShell's ">" and older mitreattack-python write UTF-16. A mark at the start tells; without
// one a JSON document does, as it begins with an ASCII character whose other byte is zero.
#include "text/utf16.h"

#include <utility>

#include "base/utf8.h"

namespace nepho::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kByteOrderMark = 0xFEFF;

struct Sniffed {
  UtfForm form = UtfForm::kUtf8;
  std::size_t mark_bytes = 0;
};

bool starts_json(char c) { return c == '{' || c == '[' || c == '"'; }

Sniffed sniff(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return {UtfForm::kUtf16LittleEndian, 2};
  if (bytes.starts_with("\xFE\xFF")) return {UtfForm::kUtf16BigEndian, 2};
  if (bytes.starts_with("\xEF\xBB\xBF")) return {UtfForm::kUtf8, 3};
  if (bytes.size() < 2) return {};
  if (starts_json(bytes[0]) && bytes[1] == '\0') return {UtfForm::kUtf16LittleEndian, 0};
  if (bytes[0] == '\0' && starts_json(bytes[1])) return {UtfForm::kUtf16BigEndian, 0};
  return {};
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xE000; }

}  // namespace

UtfForm utf_form(std::string_view head) { return sniff(head).form; }

void Utf16Decoder::append(std::string_view bytes, std::string& out) {
  std::size_t at = 0;
  if (has_odd_byte_ && !bytes.empty()) {
    take_unit(odd_byte_, bytes[0], out);
    has_odd_byte_ = false;
    at = 1;
  }
  for (; at + 1 < bytes.size(); at += 2) take_unit(bytes[at], bytes[at + 1], out);
  if (at < bytes.size()) {
    odd_byte_ = bytes[at];
    has_odd_byte_ = true;
  }
}

void Utf16Decoder::take_unit(char first, char second, std::string& out) {
  const auto low_byte = static_cast<unsigned char>(little_endian_ ? first : second);
  const auto high_byte = static_cast<unsigned char>(little_endian_ ? second : first);
  const auto unit = static_cast<char32_t>(low_byte | (high_byte << 8U));
  const bool is_first = std::exchange(is_first_, false);
  if (is_first && unit == kByteOrderMark) return;
  if (high_ != 0) {
    const char32_t high = std::exchange(high_, 0);
    if (is_surrogate(unit) && !is_high_surrogate(unit)) {
      append_utf8(0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00), out);
      return;
    }
    append_utf8(kReplacement, out);
  }
  if (is_high_surrogate(unit)) {
    high_ = unit;
  } else {
    append_utf8(is_surrogate(unit) ? kReplacement : unit, out);
  }
}

void Utf16Decoder::finish(std::string& out) {
  if (std::exchange(high_, 0) != 0) append_utf8(kReplacement, out);
  if (std::exchange(has_odd_byte_, false)) append_utf8(kReplacement, out);
}

std::string utf8_of_document(std::string bytes) {
  const Sniffed sniffed = sniff(bytes);
  if (sniffed.form == UtfForm::kUtf8) {
    bytes.erase(0, sniffed.mark_bytes);
    return bytes;
  }
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 16);
  Utf16Decoder decoder(sniffed.form);
  decoder.append(bytes, out);
  decoder.finish(out);
  return out;
}

}  // namespace nepho::text
