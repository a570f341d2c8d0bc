// Documents that arrive as UTF-16, as Windows tools and mitreattack-python's to_file() write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nepho::text {

enum class UtfForm : std::uint8_t { kUtf8, kUtf16LittleEndian, kUtf16BigEndian };

// What a text is written in, by its first bytes. UTF-16 is known by its byte order mark (Unicode
// 15.0, section 23.8) or, without one, by a zero beside the '{', '[' or '"' that starts a JSON
// text.
UtfForm utf_form(std::string_view head);

// UTF-16 as UTF-8, piece by piece. A lone surrogate or an odd last byte becomes U+FFFD; a byte
// order mark at the start is dropped. One owner, no threads. Cost: about 2 ns a character.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(UtfForm form) : little_endian_(form == UtfForm::kUtf16LittleEndian) {}

  void append(std::string_view bytes, std::string& out);
  void finish(std::string& out);

 private:
  void take_unit(char first, char second, std::string& out);

  bool little_endian_;
  bool is_first_ = true;
  bool has_odd_byte_ = false;
  char odd_byte_ = '\0';
  char32_t high_ = 0;  // a high surrogate that waits for its low one; 0: none
};

// `bytes` as UTF-8, without a byte order mark; what is not UTF-16 is not touched otherwise. O(n).
std::string utf8_of_document(std::string bytes);

}  // namespace nepho::text
