#include "base/keyed_hash.h"

#include <xxhash.h>

#include <random>

namespace nepho {

std::uint64_t HashKey::hash64(std::string_view bytes) const {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Hash128 HashKey::hash128(std::string_view bytes) const {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
  return {hash.high64, hash.low64};
}

HashKey random_hash_key() {
  std::random_device source;
  return {(std::uint64_t{source()} << 32U) | source()};
}

}  // namespace nepho
