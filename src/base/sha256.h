// SHA-256 (FIPS 180-4): for digests that others check, such as the hash of a style in a page's
// Content-Security-Policy. For hash tables and caches XXH3 is the faster choice.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nepho {

// The 32 bytes of the digest. O(n), about 150 MB/s.
std::string sha256(std::string_view bytes);
// The same as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace nepho
