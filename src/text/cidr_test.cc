#include "text/cidr.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace nepho::text {
namespace {

bool holds(std::string_view network, std::string_view address) {
  const auto n = Network::parse(network);
  const auto a = Address::parse(address);
  EXPECT_TRUE(n) << network;
  return n && a && n->contains(*a);
}

TEST(Cidr, ComparesWholePrefixesNotText) {
  EXPECT_TRUE(holds("203.0.113.7/32", "203.0.113.7"));
  EXPECT_FALSE(holds("203.0.113.7/32", "203.0.113.70"));
  EXPECT_TRUE(holds("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(holds("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(Cidr, KeepsTheFamiliesApart) {
  EXPECT_TRUE(holds("0.0.0.0/0", "8.8.8.8"));
  EXPECT_FALSE(holds("0.0.0.0/0", "::1"));
  EXPECT_FALSE(holds("::/0", "8.8.8.8"));
}

TEST(Cidr, TakesAMappedAddressForItsV4) {
  EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_TRUE(holds("::ffff:10.0.0.0/104", "10.9.9.9"));
  EXPECT_EQ(Address::parse("::ffff:0a01:0203"), Address::parse("10.1.2.3"));
}

TEST(Cidr, DropsHostBits) {
  EXPECT_EQ(*Network::parse("10.0.0.1/8"), *Network::parse("10.0.0.0/8"));
}

TEST(Cidr, PlainAddressIsItsOwnNetwork) {
  EXPECT_TRUE(holds("10.0.0.1", "10.0.0.1"));
  EXPECT_FALSE(holds("::1", "::2"));
}

TEST(Cidr, RefusesBadNetworks) {
  for (const char* text : {"", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08",
                           "10.0.0/8", "::/129", "10.0.0.0/8/8", "x/8"}) {
    const auto network = Network::parse(text);
    ASSERT_FALSE(network) << text;
    EXPECT_EQ(network.error().code, kBadNetwork);
  }
}

TEST(Cidr, ReadsAddressesAsTheSystemDoes) {
  std::mt19937 random(4);
  constexpr std::string_view kLetters = "0123456789af:::...";
  int num_good = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    const int length = std::uniform_int_distribution<int>(1, 12)(random);
    for (int j = 0; j < length; ++j)
      text += kLetters[std::uniform_int_distribution<std::size_t>(0, kLetters.size() - 1)(random)];
    std::array<std::uint8_t, 16> bytes{};
    const bool is_v6 = text.find(':') != std::string::npos;
    const bool good = is_v6 ? inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1
                            : inet_pton(AF_INET, text.c_str(), bytes.data()) == 1;
    const auto address = Address::parse(text);
    ASSERT_EQ(address.has_value(), good) << text;
    if (good && is_v6) {
      EXPECT_EQ(address->bytes, bytes) << text;
    }
    num_good += good;
  }
  EXPECT_GT(num_good, 200);
}

}  // namespace
}  // namespace nepho::text
