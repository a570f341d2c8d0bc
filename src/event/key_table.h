// The names that matter at the top of a record, for a quick answer to "which one is this?".
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/short_text.h"

namespace nepho::event {

// A set of keys, each with a number (its place in the order of adding). Built once, then only read,
// from any number of threads. find() costs one probe and one comparison; keys of a record that are
// in no rule's interest mostly fail the probe.
class KeyTable {
 public:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

  // How records come to have a key. Names that only some exports use and dotted ones are rare: a
  // record without any rare key is looked at in fewer places (FieldPath::settle()).
  enum class Use : std::uint8_t { kPlain, kUsual, kRare };

  // The number of `key`; a new one gets the next. Not after find() has been shared between threads.
  std::uint32_t add(std::string_view key, Use use = Use::kPlain);
  // Added as rare, and never as usual.
  bool is_rare(std::uint32_t number) const {
    return entries_[number].is_rare && !entries_[number].is_usual;
  }

  std::uint32_t find(std::string_view key) const {
    return probe(hash(key), [&](const Entry& entry) { return entry.text == key; });
  }
  // The same for a key behind which so many bytes may be read that there are 32 in all.
  std::uint32_t find_padded(std::string_view key) const {
    if constexpr (std::endian::native != std::endian::little) return find(key);
    return probe(hash_padded(key), [&](const Entry& entry) { return entry.equals_padded(key); });
  }

  // Most names of fields are shorter ("additionalEventData" has 19 bytes).
  using Head = std::array<char, text::kShortTextBytes>;

  std::size_t size() const { return entries_.size(); }
  const std::string& key(std::uint32_t number) const { return entries_[number].text; }

 private:
  struct Entry {
    std::string text;
    Head head{};  // its first bytes, zeros behind
    bool is_usual = false;
    bool is_rare = false;

    bool equals_padded(std::string_view key) const {
      if (key.size() != text.size()) return false;
      return key.size() <= head.size() ? text::same_start(head.data(), key.data(), key.size())
                                       : text == key;
    }
  };

  template <typename Equals>
  std::uint32_t probe(std::size_t hashed, Equals equals) const {
    if (slots_.empty()) return kAbsent;
    for (std::size_t at = hashed & mask_;; at = (at + 1) & mask_) {
      const std::uint32_t number = slots_[at];
      if (number == kAbsent || equals(entries_[number])) return number;
    }
  }
  // The first eight bytes and the length tell the keys of cloud logs apart; an attacker who makes
  // keys collide gains a few comparisons, since the table holds our keys and not his.
  static std::size_t mix(std::uint64_t head, std::size_t size) {
    const std::uint64_t mixed = (head + size * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    return mixed >> 40U;
  }
  static std::size_t hash(std::string_view key) {
    std::uint64_t head = 0;
    std::memcpy(&head, key.data(), std::min<std::size_t>(key.size(), 8));
    return mix(head, key.size());
  }
  static std::size_t hash_padded(std::string_view key) {
    std::uint64_t head = 0;
    std::memcpy(&head, key.data(), 8);
    if (key.size() < 8) head &= (std::uint64_t{1} << (8 * key.size())) - 1;  // little-endian
    return mix(head, key.size());
  }
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most a quarter full
  std::size_t mask_ = 0;
};

}  // namespace nepho::event
