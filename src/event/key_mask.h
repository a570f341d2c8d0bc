// Which of the first keys of a table a record has.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace nepho::event {

// A set of key numbers below kKeys. What lies beyond is not told: a record has it or not.
class KeyMask {
 public:
  // The signs of log sources are added to the table before all other keys (plan/plan.cc). With the
  // dotted prefixes of their paths they have some 500.
  static constexpr std::uint32_t kKeys = 768;

  // Nothing where `key` lies beyond.
  void add(std::uint32_t key) {
    words_[std::min<std::uint32_t>(key / 64, kBeyond)] |= std::uint64_t{1} << (key % 64);
  }
  void clear() { words_ = {}; }

  // Whether a key that is told is in both.
  bool meets(const KeyMask& other) const {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < kBeyond; ++i) both |= words_[i] & other.words_[i];
    return both != 0;
  }
  bool operator==(const KeyMask& other) const {
    std::uint64_t differs = 0;
    for (std::size_t i = 0; i < kBeyond; ++i) differs |= words_[i] ^ other.words_[i];
    return differs == 0;
  }
  // Of the keys that are told. Each word by its own multiplier, so that none waits for another.
  std::uint64_t hash() const {
    std::uint64_t hashed = 0;
    std::uint64_t multiplier = kOdd;  // known when compiled, as are its powers
    for (std::size_t i = 0; i < kBeyond; ++i) {
      hashed += words_[i] * multiplier;
      multiplier *= kOdd;
    }
    return hashed;
  }

 private:
  static constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;  // of the golden ratio
  static constexpr std::uint32_t kBeyond = kKeys / 64;
  std::array<std::uint64_t, kBeyond + 1> words_{};  // the last one takes what is not told
};

}  // namespace nepho::event
