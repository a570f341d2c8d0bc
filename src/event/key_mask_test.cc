#include "event/key_mask.h"

#include <gtest/gtest.h>

namespace nepho::event {
namespace {

KeyMask of(std::initializer_list<std::uint32_t> keys) {
  KeyMask mask;
  for (const std::uint32_t key : keys) mask.add(key);
  return mask;
}

TEST(KeyMask, MeetsWhereAKeyIsInBoth) {
  EXPECT_TRUE(of({1, 70}).meets(of({70, 500})));
  EXPECT_FALSE(of({1, 70}).meets(of({6, 65})));  // 70 modulo 64 is 6
  EXPECT_FALSE(of({}).meets(of({1})));
}

TEST(KeyMask, IsTheSameForTheSameKeysHoweverOften) {
  EXPECT_EQ(of({3, 700, 3}), of({700, 3}));
  EXPECT_EQ(of({3, 700}).hash(), of({700, 3}).hash());
  EXPECT_FALSE(of({3}) == of({67}));
  EXPECT_NE(of({3}).hash(), of({67}).hash());
}

TEST(KeyMask, SaysNothingOfKeysBeyond) {
  const std::uint32_t beyond = KeyMask::kKeys;
  EXPECT_EQ(of({3, beyond, beyond + 1000}), of({3}));
  EXPECT_EQ(of({3, beyond}).hash(), of({3}).hash());
  EXPECT_FALSE(of({beyond}).meets(of({beyond})));
}

TEST(KeyMask, IsEmptyAgainOnceCleared) {
  KeyMask mask = of({1, 400, KeyMask::kKeys});
  mask.clear();
  EXPECT_EQ(mask, of({}));
}

}  // namespace
}  // namespace nepho::event
