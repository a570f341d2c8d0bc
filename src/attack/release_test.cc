#include "attack/release.h"

#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

TEST(Release, CountsMajorVersionsAfterADate) {
  EXPECT_EQ(num_releases_between(parse_date("2024-11-01"), "19.1"), 3);  // 17, 18, 19
  EXPECT_EQ(num_releases_between(parse_date("2024-11-01"), "18.1"), 2);
  EXPECT_EQ(num_releases_between(parse_date("2024-11-01"), "16.1"), 0);
  EXPECT_EQ(num_releases_between(parse_date("2026-06-01"), "19.1"), 0);
  EXPECT_EQ(num_releases_between(parse_date("2010-01-01"), "8.2"), 8);
  EXPECT_EQ(num_releases_between(parse_date("2024-11-01"), "home-made"), 3);
}

}  // namespace
}  // namespace nepho::attack
