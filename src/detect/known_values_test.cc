#include "detect/known_values.h"

#include <gtest/gtest.h>

namespace nepho::detect {
namespace {

Hash128 named(std::uint64_t name) { return {name, 0}; }

class Known : public testing::Test {
 protected:
  // Whether it was new.
  bool see(std::uint64_t name, std::int64_t time, std::size_t most = 100) {
    return values_.see(named(name), time, most, left_out_).count == 0;
  }
  KnownValues values_;
  std::uint64_t left_out_ = 0;
};

TEST_F(Known, AValueIsNewOnce) {
  EXPECT_TRUE(see(7, 1));
  EXPECT_TRUE(see(5, 2));
  EXPECT_FALSE(see(7, 3));
  EXPECT_EQ(values_.size(), 2U);
  EXPECT_EQ(values_.total(), 3U);
}

TEST_F(Known, SaysHowOftenAValueAndAllWereSeenBefore) {
  for (int i = 0; i < 3; ++i) see(1, i);
  see(2, 3);
  const auto seen = values_.see(named(1), 4, 100, left_out_);
  EXPECT_EQ(seen.count, 3U);
  EXPECT_EQ(seen.total, 4U);
}

TEST_F(Known, ForgetsWhatWasNotSeenSince) {
  see(1, 10);
  see(2, 20);
  see(1, 30);
  values_.forget_before(20);
  EXPECT_FALSE(see(2, 30));
  values_.forget_before(31);
  EXPECT_EQ(values_.size(), 0U);
  EXPECT_EQ(values_.total(), 0U);
}

TEST_F(Known, WhenFullTheOneSeenLongestAgoLeavesAndIsCounted) {
  see(1, 10, 2);
  see(2, 20, 2);
  see(1, 30, 2);
  EXPECT_TRUE(see(3, 40, 2));
  EXPECT_EQ(left_out_, 1U);
  EXPECT_FALSE(see(1, 50, 2));
  EXPECT_TRUE(see(2, 60, 2));
}

TEST_F(Known, IsSoundAsLongAsItIsWithinItsBound) {
  EXPECT_TRUE(values_.is_sound(0));
  see(1, 10);
  see(2, 10);
  EXPECT_TRUE(values_.is_sound(2));
  EXPECT_FALSE(values_.is_sound(1));
}

}  // namespace
}  // namespace nepho::detect
