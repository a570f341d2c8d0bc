#include "exercise/random.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace nepho::exercise {
namespace {

// RFC 4291 text without "::", which is long and never wrong.
std::string to_text(const text::Address& address) {
  const auto& bytes = address.bytes;
  if (address.is_v4) return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    if (i != 0) out += ':';
    out += fmt::format("{:x}", bytes[i] << 8U | bytes[i + 1]);
  }
  return out;
}

// Whether all bits of the address behind the prefix are `bit`.
bool has_all_host_bits(const text::Address& address, unsigned prefix_bits, bool bit) {
  for (unsigned i = prefix_bits; i < 128; ++i) {
    if (((address.bytes[i / 8] >> (7 - i % 8) & 1U) != 0) != bit) return false;
  }
  return true;
}

}  // namespace

std::uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ mixed >> 30U) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ mixed >> 27U) * 0x94D049BB133111EBU;
  return mixed ^ mixed >> 31U;
}

std::string Random::letters(std::string_view alphabet, std::size_t size) {
  std::string out(size, ' ');
  for (char& letter : out) letter = alphabet[below(alphabet.size())];
  return out;
}

std::string Random::uuid() {
  const std::uint64_t high = next();
  const std::uint64_t low = next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}", high >> 32U, high >> 16U & 0xFFFFU,
                     high & 0xFFFU, 8U + (low >> 62U), low >> 48U & 0xFFFU, low & 0xFFFFFFFFFFFFU);
}

std::string Random::address_in(const text::Network& network) {
  text::Address address = network.base;
  const unsigned host_bits = 128 - network.prefix_bits;
  do {
    for (unsigned i = network.prefix_bits; i < 128; ++i) {
      const auto bit = static_cast<std::uint8_t>(1U << (7 - i % 8));
      auto& byte = address.bytes[i / 8];
      byte = static_cast<std::uint8_t>(below(2) == 0 ? byte & ~bit : byte | bit);
    }
  } while (host_bits > 1 && (has_all_host_bits(address, network.prefix_bits, false) ||
                             has_all_host_bits(address, network.prefix_bits, true)));
  return to_text(address);
}

std::uint64_t seed_for(std::uint64_t seed, std::string_view label) {
  return Random(seed ^ hash64(label)).next();
}

}  // namespace nepho::exercise
