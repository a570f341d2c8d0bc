#include "base/hash.h"

#include <array>

#if defined(__x86_64__)
#include <xxh_x86dispatch.h>  // the fastest XXH3 that the processor has, chosen at run time
#else
#include <xxhash.h>
#endif

namespace nepho {

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::string to_hex(const Hash128& hash) {
  std::string text;
  append_hex(hash, text);
  return text;
}

void append_hex(const Hash128& hash, std::string& out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::array<char, 32> text;
  for (std::size_t i = 0; i < 16; ++i) {
    text[15 - i] = kDigits[hash.high >> (4 * i) & 0xFU];
    text[31 - i] = kDigits[hash.low >> (4 * i) & 0xFU];
  }
  out.append(text.data(), text.size());
}

}  // namespace nepho
