// Paths below the top of a record that are looked for while it is checked anyway.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "text/short_text.h"

namespace nepho::event {

// The rests of paths ("sessionContext.sessionIssuer.type" below the key "userIdentity") as trees of
// keys, one tree a top-level key. What is asked of every record (signs of log sources, fields of a
// rule that can hold for any event), and what stands beside it, is followed while the grammar is
// checked, which spares a second walk over the same objects.
//
// Built once, then only read, from any number of threads.
class Trails {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // A key at which a trail may go on, end, or both. A key that holds dots is one of these too:
  // {"a.b":1} is at "a.b" as {"a":{"b":1}} is.
  struct Branch {
    std::string quoted;           // the key and the quote that ends it in a record
    std::uint64_t head = 0;       // of `quoted`
    std::uint32_t node = kNone;   // where the keys below it are looked for
    std::uint32_t trail = kNone;  // that ends here
    std::uint32_t next = kNone;   // the next branch of the node in the same place

    // Whether a record's key begins at `key`, behind its opening quote, that is this one;
    // `its_head` is its head. As many bytes must be readable as an index has padding.
    bool is_at(const char* key, std::uint64_t its_head) const {
      return its_head == head && (quoted.size() <= sizeof(head) ||
                                  std::memcmp(key + sizeof(head), quoted.data() + sizeof(head),
                                              quoted.size() - sizeof(head)) == 0);
    }
  };
  struct Node {
    // By the upper bits of a hash of the head, the first branch there.
    std::vector<std::uint32_t> places = {kNone, kNone};
    unsigned shift = 63;
    // Bit n is set when a key of a branch, or an escape, begins with a byte that is n modulo 64.
    std::uint64_t first_bytes = bit_of('\\');
    std::vector<Branch> branches;
    std::vector<std::uint32_t> trails;  // that lead through here

    static std::uint64_t bit_of(char first) { return std::uint64_t{1} << (first & 63); }
    std::size_t place_of(std::uint64_t head) const { return text::hash_with(0, head) >> shift; }
    // What a record's key at `key`, as Branch::is_at(), leads to. Most keys are told apart by their
    // first byte, nearly all others by their first eight.
    struct Way {
      const Branch* branch = nullptr;
      bool may_be_escaped = false;  // no branch as the key stands, but an escape may hide one
    };
    Way way_of(const char* key) const {
      if ((first_bytes & bit_of(key[0])) == 0) return {};
      const std::uint64_t head = head_at(key);
      std::uint32_t at = places[place_of(head)];
      if (at == kNone) return {nullptr, holds_escape(head)};
      while (at != kNone && !branches[at].is_at(key, head)) at = branches[at].next;
      return at == kNone ? Way{nullptr, true} : Way{&branches[at], false};
    }
  };

  // The first eight bytes of a key at its place in a record, behind the opening quote, with zeros
  // behind the quote that ends it where that is among them. Eight bytes must be readable.
  static std::uint64_t head_at(const char* key) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, key, sizeof(eight));
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    const std::uint64_t quotes = zeros_in(eight ^ kEachByte * '"');
    return eight & (quotes ^ (quotes - 1));
  }
  // Whether a backslash is among the bytes of a head.
  static bool holds_escape(std::uint64_t head) { return zeros_in(head ^ kEachByte * '\\') != 0; }

  // The number of the trail from the top-level key with this number along `rest`; the same again
  // for the same. kNone where it is not followed: a rest of too many parts (each of its ways to be
  // written with dots in keys would be a branch) or bytes, with an empty one, with a selector, or
  // with what JSON escapes.
  std::uint32_t add(std::uint32_t key, std::string_view rest);

  // The number of the trail that was added for it, or kNone.
  std::uint32_t find(std::uint32_t key, std::string_view rest) const;
  // As add() where other trails lead to the object in which it ends; else kNone.
  std::uint32_t add_further(std::uint32_t key, std::string_view rest);

  // The number of a place where a part is made of what a trail or a key leads to
  // (event/field_part.h); numbers go up from 0.
  std::uint32_t add_part() { return num_parts_++; }
  std::size_t num_parts() const { return num_parts_; }

  // The node where the trails below a top-level key begin; kNone when there are none.
  std::uint32_t root(std::uint32_t key) const { return key < roots_.size() ? roots_[key] : kNone; }
  const Node& node(std::uint32_t number) const { return nodes_[number]; }
  // How many trails there are: their numbers are those below.
  std::size_t size() const { return num_trails_; }

 private:
  std::uint32_t add_below(std::uint32_t node, std::string_view rest, std::uint32_t trail);
  const Branch* branch_named(std::uint32_t node, std::string_view key) const;
  std::uint32_t branch_for(std::uint32_t node, std::string_view key);
  std::uint32_t new_node();

  static constexpr std::uint64_t kEachByte = 0x0101010101010101U;
  // The upper bit of the lowest byte that is zero, with others above it that say nothing; 0 where
  // no byte is (Warren, Hacker's Delight, 6-1).
  static std::uint64_t zeros_in(std::uint64_t bytes) {
    return (bytes - kEachByte) & ~bytes & kEachByte * 0x80;
  }

  std::vector<std::uint32_t> roots_;  // by number of the top-level key
  std::vector<Node> nodes_;
  std::uint32_t num_trails_ = 0;
  std::uint32_t num_parts_ = 0;
};

}  // namespace nepho::event
