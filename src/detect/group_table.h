// The groups of one correlation that have something in their window.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/huge_pages.h"
#include "base/keyed_hash.h"

namespace nepho::detect {

// One group: its key, when it last had an event, and what is remembered of its window.
template <typename State>
struct Group {
  std::string key;
  std::int64_t last = 0;     // nanoseconds since 1970
  std::uint32_t before = 0;  // in the order of last use
  std::uint32_t after = 0;
  bool holds = false;  // the condition held after its last event
  State state;
};

// Found by key, and kept in the order of their last use: the one that was quiet longest leaves
// first. The hash is keyed and every key is compared: neither can somebody who chooses the values
// in a log slow the table down, nor pass one group off as another.
//
// Groups do not move. One owner, no threads. Cost: a look-up is two or three cache misses in a
// table of millions; a group takes sizeof(Group<State>) + 8 to 16 bytes, the key beyond 15 bytes,
// and what State allocates.
template <typename State>
class GroupTable {
 public:
  explicit GroupTable(HashKey hash_key) : hash_key_(hash_key) {
    groups(kEnds).before = groups(kEnds).after = kEnds;
  }

  std::size_t size() const { return size_; }
  std::uint64_t hash(std::string_view key) const { return hash_key_.hash64(key); }
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home(hash)]);
  }
  // The group itself, where it is in the place of its hash; once that place is there.
  void prefetch_group(std::uint64_t hash) {
    if (slots_.empty() || slots_[home(hash)].tag != tag(hash)) return;
    constexpr std::size_t kLineBytes = 64;  // of the cache
    const auto* const group = reinterpret_cast<const char*>(&groups(slots_[home(hash)].group));
    for (std::size_t line = 0; line < sizeof(Group<State>); line += kLineBytes)
      __builtin_prefetch(group + line);
  }

  // The group with this key, or nullptr.
  Group<State>* find(std::string_view key, std::uint64_t hash) {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = home(hash); slots_[at].group != 0; at = next(at)) {
      if (slots_[at].tag != tag(hash)) continue;
      Group<State>& group = groups(slots_[at].group);
      if (group.key == key) return &group;
    }
    return nullptr;
  }

  // A new group at the young end; the key must not be there yet.
  Group<State>& add(std::string_view key, std::uint64_t hash) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    const std::uint32_t number = take_number();
    insert({number, tag(hash)}, home(hash));
    Group<State>& group = groups(number);
    group.key.assign(key);
    link(number);
    ++size_;
    return group;
  }

  // Moves the group to the young end.
  void touch(Group<State>& group) {
    const std::uint32_t number = groups(group.before).after;
    unlink(group);
    link(number);
  }

  // The one that was used longest ago; there must be one.
  Group<State>& oldest() { return groups(groups(kEnds).after); }
  void remove_oldest() {
    const std::uint32_t number = groups(kEnds).after;
    Group<State>& group = groups(number);
    erase_slot(number, hash(group.key));
    unlink(group);
    group = {};
    free_.push_back(number);
    --size_;
  }

  // From the oldest to the youngest.
  template <typename Visit>
  void each(Visit visit) {
    for (std::uint32_t at = groups(kEnds).after; at != kEnds; at = groups(at).after)
      visit(groups(at));
  }

 private:
  struct Slot {
    std::uint32_t group = 0;  // 0: empty
    std::uint32_t tag = 0;
  };
  static constexpr std::uint32_t kEnds = 0;  // the group that both ends of the order hang on
  // Groups lie in chunks, each as large as all before it and at most kLargeChunk (some MB): few
  // groups cost little, and many are not half empty. Not on huge pages: with ten million groups
  // those took twice the system time (bench/correlation.cc says on what).
  static constexpr std::uint32_t kSmallChunk = 64;
  static constexpr std::uint32_t kLargeChunk = 32'768;
  using Chunk = std::vector<Group<State>>;

  static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }
  // By the tag, which is all that a slot knows of its hash.
  std::size_t home_of_tag(std::uint32_t tag) const { return tag & (slots_.size() - 1); }
  std::size_t home(std::uint64_t hash) const { return home_of_tag(tag(hash)); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  struct Place {
    std::size_t chunk = 0;
    std::uint32_t at = 0;
  };
  static Place place_of(std::uint32_t number) {
    if (number >= kLargeChunk) return {kNumSmall + number / kLargeChunk, number % kLargeChunk};
    const auto chunk = static_cast<std::size_t>(std::bit_width(number / kSmallChunk));
    return {chunk, chunk == 0 ? number : number - (kSmallChunk / 2 << chunk)};
  }
  static constexpr std::size_t kNumSmall = std::bit_width(kLargeChunk / kSmallChunk) - 1;

  Group<State>& groups(std::uint32_t number) {
    const Place place = place_of(number);
    if (place.chunk == chunks_.size()) {
      const std::uint32_t doubled = kSmallChunk << (place.chunk == 0 ? 0 : place.chunk - 1);
      chunks_.emplace_back(place.chunk > kNumSmall ? kLargeChunk : doubled);
    }
    return chunks_[place.chunk][place.at];
  }

  std::uint32_t take_number() {
    if (free_.empty()) return ++last_number_;
    const std::uint32_t number = free_.back();
    free_.pop_back();
    return number;
  }

  void insert(Slot slot, std::size_t at) {
    while (slots_[at].group != 0) at = next(at);
    slots_[at] = slot;
  }

  void grow() {
    constexpr std::size_t kFewest = 64;
    Slots old(std::max(kFewest, 2 * slots_.size()));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.group != 0) insert(slot, home_of_tag(slot.tag));
    }
  }

  // Those behind the gap move up when that brings them no nearer than their home.
  void erase_slot(std::uint32_t number, std::uint64_t hash) {
    std::size_t gap = home(hash);
    while (slots_[gap].group != number) gap = next(gap);
    for (std::size_t at = next(gap); slots_[at].group != 0; at = next(at)) {
      const std::size_t mask = slots_.size() - 1;
      const std::size_t distance = (at - home_of_tag(slots_[at].tag)) & mask;
      if (distance < ((at - gap) & mask)) continue;
      slots_[gap] = slots_[at];
      gap = at;
    }
    slots_[gap] = {};
  }

  void link(std::uint32_t number) {
    Group<State>& ends = groups(kEnds);
    Group<State>& group = groups(number);
    group.before = ends.before;
    group.after = kEnds;
    groups(ends.before).after = number;
    groups(kEnds).before = number;
  }
  void unlink(Group<State>& group) {
    groups(group.before).after = group.after;
    groups(group.after).before = group.before;
  }

  using Slots = std::vector<Slot, HugePageAllocator<Slot>>;
  HashKey hash_key_;
  Slots slots_;  // a power of two, at most three quarters full
  std::vector<Chunk> chunks_;
  std::vector<std::uint32_t> free_;
  std::uint32_t last_number_ = 0;
  std::size_t size_ = 0;
};

}  // namespace nepho::detect
