#include "text/network_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace nepho::text {
namespace {

using Networks = std::vector<std::pair<Network, std::uint32_t>>;

Networks numbered(const std::vector<std::string>& texts) {
  Networks networks;
  for (const auto& text : texts) {
    networks.emplace_back(*Network::parse(text), static_cast<std::uint32_t>(networks.size()));
  }
  return networks;
}

std::vector<std::uint32_t> found_for(const NetworkTable& table, const Address& address) {
  std::vector<std::uint32_t> found;
  table.find(address, found);
  return found;
}

TEST(NetworkTable, GivesAllNetworksAroundAnAddressTheNarrowestFirst) {
  const NetworkTable table(
      numbered({"10.0.0.0/8", "0.0.0.0/0", "10.1.0.0/16", "10.2.0.0/16", "10.1.2.3", "::/0"}));
  using Found = std::vector<std::uint32_t>;
  EXPECT_EQ(found_for(table, *Address::parse("10.1.2.3")), (Found{4, 2, 0, 1}));
  EXPECT_EQ(found_for(table, *Address::parse("10.1.2.4")), (Found{2, 0, 1}));
  EXPECT_EQ(found_for(table, *Address::parse("10.255.0.0")), (Found{0, 1}));
  EXPECT_EQ(found_for(table, *Address::parse("11.0.0.0")), Found{1});
  EXPECT_EQ(found_for(table, *Address::parse("::1")), Found{5});
  EXPECT_EQ(found_for(table, *Address::parse("::ffff:10.2.0.0")), (Found{3, 0, 1}));
}

TEST(NetworkTable, OfNothingGivesNothing) {
  EXPECT_TRUE(found_for(NetworkTable({}), *Address::parse("10.1.2.3")).empty());
}

// Few bits, so that addresses and networks meet: in v4, in v6, and where v6 holds mapped v4.
Address random_address(std::mt19937& random) {
  Address address = *Address::parse(random() % 2 == 0 ? "0.0.0.0" : "::");
  const std::size_t first = random() % 3 == 0 ? 0 : 12;
  address.bytes[first] = static_cast<std::uint8_t>(random() % 8);
  address.bytes[15] = static_cast<std::uint8_t>(random() % 8);
  return address;
}

Network random_network(std::mt19937& random) {
  static constexpr const char* kWide[] = {"::/0", "0.0.0.0/0", "::ffff:0:0/95", "::/96"};
  if (random() % 8 == 0) return *Network::parse(kWide[random() % std::size(kWide)]);
  const Address base = random_address(random);
  const unsigned bits = static_cast<unsigned>(random() % 129);
  std::string text;
  for (std::size_t i = 0; i < 16; i += 2) {
    static constexpr char kDigits[] = "0123456789abcdef";
    text += i > 0 ? ":" : "";
    for (const std::uint8_t byte : {base.bytes[i], base.bytes[i + 1]}) {
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 15U];
    }
  }
  return *Network::parse(text + "/" + std::to_string(bits));
}

TEST(NetworkTable, AgreesWithAskingOneByOne) {
  std::mt19937 random(5);
  std::size_t num_found = 0;
  for (int round = 0; round < 2'000; ++round) {
    Networks networks;
    for (std::uint32_t i = 0; i < random() % 30; ++i) {
      networks.emplace_back(random_network(random), static_cast<std::uint32_t>(random() % 1'000));
    }
    const NetworkTable table(networks);
    for (int i = 0; i < 20; ++i) {
      Address address = random_address(random);
      address.is_v4 = std::equal(address.bytes.begin(), address.bytes.begin() + 12,
                                 Address::parse("0.0.0.0")->bytes.begin());
      std::vector<std::uint32_t> expected;
      for (const auto& [network, number] : networks) {
        if (network.contains(address)) expected.push_back(number);
      }
      auto found = found_for(table, address);
      num_found += found.size();
      std::ranges::sort(expected);
      std::ranges::sort(found);
      ASSERT_EQ(found, expected);
    }
  }
  EXPECT_GT(num_found, 10'000U);
}

}  // namespace
}  // namespace nepho::text
