// The names that matter at the top of a record, for a quick answer to "which one is this?".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::event {

// A set of keys, each with a number (its place in the order of adding). Built once, then only read,
// from any number of threads. find() costs one probe and one comparison; keys of a record that are
// in no rule's interest mostly fail the probe.
class KeyTable {
 public:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

  // The number of `key`; a new one gets the next. Not after find() has been shared between threads.
  std::uint32_t add(std::string_view key);

  std::uint32_t find(std::string_view key) const {
    return probe(key, [&](const Entry& entry) { return entry.text == key; });
  }
  // The same for a key behind which so many bytes may be read that there are 16 in all.
  std::uint32_t find_padded(std::string_view key) const {
    return probe(key, [&](const Entry& entry) { return entry.equals_padded(key); });
  }

  std::size_t size() const { return entries_.size(); }
  const std::string& key(std::uint32_t number) const { return entries_[number].text; }

 private:
  struct Entry {
    std::string text;
    std::array<char, 16> head{};  // its first bytes, zeros behind

    bool equals_padded(std::string_view key) const {
      if (key.size() != text.size()) return false;
#if defined(__SSE2__)
      if (key.size() <= head.size()) {
        const __m128i ours = _mm_loadu_si128(reinterpret_cast<const __m128i*>(head.data()));
        const __m128i theirs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key.data()));
        const auto same = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(ours, theirs)));
        const unsigned wanted = (1U << key.size()) - 1;
        return (same & wanted) == wanted;
      }
#endif
      return text == key;
    }
  };

  template <typename Equals>
  std::uint32_t probe(std::string_view key, Equals equals) const {
    if (slots_.empty()) return kAbsent;
    for (std::size_t at = hash(key) & mask_;; at = (at + 1) & mask_) {
      const std::uint32_t number = slots_[at];
      if (number == kAbsent || equals(entries_[number])) return number;
    }
  }
  // Length and three characters tell the keys of cloud logs apart; an attacker who makes keys
  // collide gains a few comparisons, since the table holds our keys and not his.
  static std::size_t hash(std::string_view key) {
    if (key.empty()) return 0;
    const auto at = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(key[i]));
    };
    return (key.size() * 0x9E3779B1U) ^ (at(0) * 0x85EBCA77U) ^ (at(key.size() / 2) * 0xC2B2AE3DU) ^
           (at(key.size() - 1) * 0x27D4EB2FU) ^ (key.size() >> 3U);
  }
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most a quarter full
  std::size_t mask_ = 0;
};

}  // namespace nepho::event
