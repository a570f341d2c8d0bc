// Many networks asked at once which of them hold an address.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "text/cidr.h"

namespace nepho::text {

// Networks lie within each other or apart, never across. So in the order of their first addresses,
// the wider before the narrower, those that hold an address are the last one that begins at it or
// before, or one around that, and all that lie around the first that does hold it.
//
// Immutable; safe to share between threads. Cost: a binary search, and a step for each network that
// lies around the place found (at most 129 of them, one for each length of prefix).
class NetworkTable {
 public:
  // Each network with a number of the caller's; the same may stand there several times.
  explicit NetworkTable(std::vector<std::pair<Network, std::uint32_t>> networks);

  // Appends the numbers of the networks that hold `address`, as Network::contains() has it: the
  // narrowest first.
  void find(const Address& address, std::vector<std::uint32_t>& found) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Entry {
    Network network;
    std::uint32_t number = 0;
    std::uint32_t around = kNone;  // the narrowest entry around this one, or an equal one before it
  };

  std::vector<Entry> entries_;
};

}  // namespace nepho::text
