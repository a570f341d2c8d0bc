#include "base/hash.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

// XXH3's own published value for the empty input with seed 0 (xxHash, tests/sanity_test_vectors.h).
TEST(Hash, GivesXxh3) { EXPECT_EQ(hash64(""), 0x2D06800538D394C2U); }

TEST(Hash, PrintsAllDigits) {
  EXPECT_EQ(to_hex(Hash128{1, 0xAB}), "000000000000000100000000000000ab");
}

TEST(Hash, TellsBytesApart) { EXPECT_NE(hash128("a"), hash128("b")); }

}  // namespace
}  // namespace nepho
