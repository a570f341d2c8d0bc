#include "base/hash.h"

#include <fmt/format.h>

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
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace nepho
