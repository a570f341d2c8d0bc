// Base64 (RFC 4648 section 4) and UTF-16 (RFC 2781): the encodings that attackers and rules use.
#pragma once

#include <string>
#include <string_view>

namespace nepho::text {

// `bytes` in the standard alphabet, padded with '='.
std::string to_base64(std::string_view bytes);

// The UTF-16 of UTF-8 text, without a byte order mark. An invalid byte becomes U+FFFD.
std::string to_utf16le(std::string_view utf8);
std::string to_utf16be(std::string_view utf8);

}  // namespace nepho::text
