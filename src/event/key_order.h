// In which order the keys of records come: what the next key will be is mostly known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "event/key_table.h"
#include "text/short_text.h"

namespace nepho::event {

// The rows of top-level keys met so far, as a tree in which each node has the keys that came behind
// it. Records of one kind have few different rows (CloudTrail some dozens): following one costs a
// comparison a key, where a look-up in the key table costs a hash and a probe.
//
// Bounded, whatever the records hold: keys beyond the bounds are looked up each time. One owner, no
// threads.
class KeyOrder {
 public:
  KeyOrder() { forget(); }
  // A copy would give other rows the numbers of these.
  KeyOrder(const KeyOrder&) = delete;
  KeyOrder& operator=(const KeyOrder&) = delete;
  KeyOrder(KeyOrder&&) = default;
  KeyOrder& operator=(KeyOrder&&) = default;

  // To be called where a record begins.
  void begin() {
    at_ = 0;
    is_whole_ = true;
  }

  // The number in `keys` of the record's next key, as it stands between its quotes; `number_of` is
  // asked where the key did not come here before. 32 bytes from the beginning of `key` on must be
  // readable.
  template <typename NumberOf>
  std::uint32_t next(std::string_view key, NumberOf number_of) {
    for (std::uint32_t next = nodes_[at_].first_behind; next != kNone; next = nodes_[next].beside) {
      if (nodes_[next].key.equals_padded(key)) {
        at_ = next;
        return nodes_[next].number;
      }
    }
    const std::uint32_t number = number_of(key);
    add(key, number);
    return number;
  }

  // The number of the row of all keys since begin(): no other row has it, nor any row of another
  // KeyOrder. 0 where none is kept.
  std::uint64_t row() const { return is_whole_ ? generation_ << 32U | (at_ + 1) : 0; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  // 128 KiB; and comparisons that cost what two look-ups do, for what is known of a whole row.
  static constexpr std::size_t kMostNodes = 2048;
  static constexpr std::uint32_t kMostBehind = 16;

  struct Node {
    text::ShortText key;
    std::uint32_t number = KeyTable::kAbsent;
    std::uint32_t first_behind = kNone;
    std::uint32_t beside = kNone;  // another key behind the same node
    std::uint32_t num_behind = 0;
  };

  void add(std::string_view key, std::uint32_t number);
  void forget();

  std::vector<Node> nodes_;  // the first one stands before every key
  std::uint32_t at_ = 0;
  bool is_whole_ = false;         // every key since begin() has its node
  std::uint64_t generation_ = 0;  // of the nodes; of this object alone
};

}  // namespace nepho::event
