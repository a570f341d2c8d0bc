#include "exercise/random.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace nepho::exercise {
namespace {

TEST(Random, IsSplitMix64) {
  // The first numbers of the reference implementation (Vigna, splitmix64.c) for the seed 1234567.
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
}

TEST(Random, DrawsAddressesInsideTheNetworkAndNotItsEnds) {
  const auto network = text::Network::parse("198.51.100.8/29").value();
  Random random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    const std::string text = random.address_in(network);
    const auto address = text::Address::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_TRUE(network.contains(*address)) << text;
    seen.insert(text);
  }
  EXPECT_EQ(seen.size(), 6U);
  EXPECT_FALSE(seen.contains("198.51.100.8"));
  EXPECT_FALSE(seen.contains("198.51.100.15"));
}

TEST(Random, DrawsAddressesOfVersionSixAndOfLoneHosts) {
  const auto wide = text::Network::parse("2001:db8::/32").value();
  Random random(1);
  EXPECT_TRUE(wide.contains(text::Address::parse(random.address_in(wide)).value()));
  EXPECT_EQ(random.address_in(text::Network::parse("192.0.2.7/32").value()), "192.0.2.7");
}

TEST(Random, MakesUuidsOfVersionFour) {
  Random random(7);
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(std::regex_match(random.uuid(), form));
}

TEST(Random, SeedsOfDifferentNamesDiffer) {
  EXPECT_EQ(seed_for(1, "user"), seed_for(1, "user"));
  EXPECT_NE(seed_for(1, "user"), seed_for(1, "role"));
  EXPECT_NE(seed_for(1, "user"), seed_for(2, "user"));
}

}  // namespace
}  // namespace nepho::exercise
