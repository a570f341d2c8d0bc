// Numbers and texts that look drawn and are the same in every run: everything a play makes up comes
// from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/cidr.h"

namespace nepho::exercise {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Not the
// standard's engines with their distributions: those differ between libraries, and the same seed
// must give the same bytes everywhere. Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  // A number in 0..n-1; n is not 0. The bias of the modulus is n / 2^64: nobody can see it.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  // `size` letters of `alphabet`.
  std::string letters(std::string_view alphabet, std::size_t size);
  // A random UUID (RFC 9562, version 4).
  std::string uuid();
  // An address in the network; for one with more than two addresses neither its first nor its last.
  std::string address_in(const text::Network& network);

 private:
  std::uint64_t state_;
};

// A seed for what `label` names below `seed`: draws for one name do not shift those for another, so
// that a step more in a procedure leaves the users and keys of the others as they were.
std::uint64_t seed_for(std::uint64_t seed, std::string_view label);

}  // namespace nepho::exercise
