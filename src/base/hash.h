// Hashes of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nepho {

// XXH3, not for secrets. The same bytes give the same number in every run and on every machine.
std::uint64_t hash64(std::string_view bytes);

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};
Hash128 hash128(std::string_view bytes);

// 32 hexadecimal digits, as a text and behind one.
std::string to_hex(const Hash128& hash);
void append_hex(const Hash128& hash, std::string& out);

}  // namespace nepho
