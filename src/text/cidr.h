// IP addresses and networks (RFC 4291, RFC 4632).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace nepho::text {

inline constexpr ErrorCode kBadNetwork{"cidr.bad_network"};

// An address as 16 bytes; an IPv4 one, and the IPv4 in ::ffff:a.b.c.d, as its v4-mapped form, so
// that both compare equal.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v4 = false;

  // Strict: four decimal octets without leading zeros, or RFC 4291 text; a zone ("%eth0") is
  // refused.
  static std::optional<Address> parse(std::string_view text);
  bool operator==(const Address&) const = default;
};

// A prefix. Host bits beyond it are dropped; a plain address is a prefix of its own.
struct Network {
  Address base;
  unsigned prefix_bits = 0;  // 0..128, counted in the mapped form for v4

  static Result<Network> parse(std::string_view text);
  // A v4 network holds only v4 addresses, ::/0 only v6 ones.
  bool contains(const Address& address) const;
  bool operator==(const Network&) const = default;
};

}  // namespace nepho::text
