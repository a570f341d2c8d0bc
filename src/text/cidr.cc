// Read strictly, as what a rule means by an address must not depend on who reads it ("010.0.0.1" is
// 8.0.0.1 to some and 10.0.0.1 to others):
//
//   v4      = octet "." octet "." octet "." octet      octet: 0..255 without leading zeros
//   v6      = groups | [ groups ] "::" [ groups ]      8 groups, or fewer around "::"
//   groups  = group { ":" group } [ ":" v4 ] | v4      group: 1 to 4 hex digits
//   network = ( v4 | v6 ) [ "/" bits ]                 RFC 4632 section 3.1, RFC 4291 section 2.3
#include "text/cidr.h"

#include <algorithm>
#include <charconv>

#include "base/printable.h"

namespace nepho::text {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned kMappedBits = 96;

bool is_mapped(const std::array<std::uint8_t, 16>& bytes) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

// Takes the text up to `separator`, or all of it, off `text`.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t size = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return part;
}

// A number of at most `max_digits` digits in `base`, without sign; no leading zero in decimal.
std::optional<unsigned> parse_number(std::string_view text, int base, std::size_t max_digits) {
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  if (base == 10 && text.size() > 1 && text[0] == '0') return std::nullopt;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Four decimal octets into `out`.
bool parse_v4(std::string_view text, std::uint8_t* out) {
  if (std::count(text.begin(), text.end(), '.') != 3) return false;
  for (int i = 0; i < 4; ++i) {
    const auto octet = parse_number(take_until(text, '.'), 10, 3);
    if (!octet || *octet > 255) return false;
    out[i] = static_cast<std::uint8_t>(*octet);
  }
  return true;
}

// One side of "::": groups of hex digits, the last of which may be an IPv4 address. Appends to
// `bytes` and grows `size`; false when it is no such list.
bool parse_groups(std::string_view text, bool may_end_in_v4, std::array<std::uint8_t, 16>& bytes,
                  std::size_t& size) {
  if (text.empty()) return true;
  while (true) {
    const bool is_last = text.find(':') == std::string_view::npos;
    const std::string_view part = take_until(text, ':');
    if (is_last && may_end_in_v4 && part.find('.') != std::string_view::npos) {
      if (size > 12 || !parse_v4(part, bytes.data() + size)) return false;
      size += 4;
      return true;
    }
    const auto group = parse_number(part, 16, 4);
    if (!group || size > 14) return false;
    bytes[size++] = static_cast<std::uint8_t>(*group >> 8U);
    bytes[size++] = static_cast<std::uint8_t>(*group & 0xFFU);
    if (is_last) return true;
  }
}

// RFC 4291 section 2.2.
bool parse_v6(std::string_view text, std::array<std::uint8_t, 16>& bytes) {
  const std::size_t gap = text.find("::");
  std::size_t size = 0;
  if (gap == std::string_view::npos)
    return !text.empty() && parse_groups(text, true, bytes, size) && size == 16;
  if (text.find("::", gap + 1) != std::string_view::npos) return false;
  std::array<std::uint8_t, 16> tail{};
  std::size_t tail_size = 0;
  if (!parse_groups(text.substr(0, gap), false, bytes, size) ||
      !parse_groups(text.substr(gap + 2), true, tail, tail_size) || size + tail_size > 14)
    return false;
  std::copy_n(tail.begin(), tail_size, bytes.end() - static_cast<std::ptrdiff_t>(tail_size));
  return true;
}

// The first `bits` bits of `bytes`, the rest zero.
void clear_behind(unsigned bits, std::array<std::uint8_t, 16>& bytes) {
  for (unsigned i = 0; i < 16; ++i) {
    const unsigned kept = bits > i * 8 ? std::min(bits - i * 8, 8U) : 0;
    bytes[i] &= static_cast<std::uint8_t>(0xFF00U >> kept);
  }
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  Address address;
  if (text.find(':') == std::string_view::npos) {
    std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
    if (!parse_v4(text, address.bytes.data() + 12)) return std::nullopt;
  } else if (!parse_v6(text, address.bytes)) {
    return std::nullopt;
  }
  address.is_v4 = is_mapped(address.bytes);
  return address;
}

Result<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address_text = text.substr(0, slash);
  const auto address = Address::parse(address_text);
  const bool written_as_v4 = address_text.find(':') == std::string_view::npos;
  const unsigned max_bits = written_as_v4 ? 32 : 128;
  std::optional<unsigned> bits = max_bits;
  if (slash != std::string_view::npos) bits = parse_number(text.substr(slash + 1), 10, 3);
  if (!address || !bits || *bits > max_bits)
    return fail(
        kBadNetwork,
        "expected an address with a prefix length, like 10.0.0.0/8 or 2001:db8::/32; found '" +
            escape_for_log(text) + "'");
  Network network{*address, written_as_v4 ? *bits + kMappedBits : *bits};
  clear_behind(network.prefix_bits, network.base.bytes);
  network.base.is_v4 = network.prefix_bits >= kMappedBits && is_mapped(network.base.bytes);
  return network;
}

bool Network::contains(const Address& address) const {
  if (address.is_v4 != base.is_v4) return false;
  std::array<std::uint8_t, 16> prefix = address.bytes;
  clear_behind(prefix_bits, prefix);
  return prefix == base.bytes;
}

}  // namespace nepho::text
