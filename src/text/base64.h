// Base64 (RFC 4648 section 4) and UTF-16 (RFC 2781): the encodings that attackers and rules use.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nepho::text {

// `bytes` in the standard alphabet, padded with '='.
std::string to_base64(std::string_view bytes);
// The inverse. The padding may be missing; any other character, a length that no bytes have, or
// bits left over that are not zero are no base64. O(n).
std::optional<std::string> from_base64(std::string_view text);

// The UTF-16 of UTF-8 text, without a byte order mark. An invalid byte becomes U+FFFD.
std::string to_utf16le(std::string_view utf8);
std::string to_utf16be(std::string_view utf8);

}  // namespace nepho::text
