// Hashes under a key that outsiders do not know, for tables whose keys they choose.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.h"

namespace nepho {

// XXH3 with a seed. Not a message authentication code: it keeps somebody who does not see the
// hashes from choosing texts that fall into one place. The same key, the same hash, everywhere.
struct HashKey {
  std::uint64_t seed = 0;

  std::uint64_t hash64(std::string_view bytes) const;
  Hash128 hash128(std::string_view bytes) const;
};

// A key of this run's own, from the system's source of randomness.
HashKey random_hash_key();

}  // namespace nepho
