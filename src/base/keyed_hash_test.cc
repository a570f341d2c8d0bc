#include "base/keyed_hash.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(KeyedHash, DependsOnTextAndKey) {
  EXPECT_EQ(HashKey{1}.hash64("a"), HashKey{1}.hash64("a"));
  EXPECT_NE(HashKey{1}.hash64("a"), HashKey{2}.hash64("a"));
  EXPECT_NE(HashKey{1}.hash64("a"), HashKey{1}.hash64("b"));
  EXPECT_NE(HashKey{1}.hash128("a"), HashKey{2}.hash128("a"));
  EXPECT_EQ(HashKey{7}.hash128("a"), HashKey{7}.hash128("a"));
}

TEST(KeyedHash, EveryRunHasItsOwnKey) { EXPECT_NE(random_hash_key().seed, random_hash_key().seed); }

}  // namespace
}  // namespace nepho
