// Paths below the top of a record that are looked for while it is checked anyway.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::event {

// The rests of paths ("sessionContext.sessionIssuer.type" below the key "userIdentity") as trees of
// keys, one tree a top-level key. A rule that can hold for any event asks for its fields in every
// record: following them while the grammar is checked spares a second walk over the same objects.
//
// Built once, then only read, from any number of threads.
class Trails {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // A key at which a trail may go on, end, or both. A key that holds dots is one of these too:
  // {"a.b":1} is at "a.b" as {"a":{"b":1}} is.
  struct Branch {
    std::string quoted;           // the key and the quote that ends it in a record
    std::uint64_t head = 0;       // its first eight bytes, zeros behind
    std::uint64_t mask = 0;       // of the bytes of `head`
    std::uint32_t node = kNone;   // where the keys below it are looked for
    std::uint32_t trail = kNone;  // that ends here
    std::uint32_t next = kNone;   // the next branch of the node in the same place

    // Whether a record's key begins here, behind its opening quote, that is this one. So many bytes
    // must be readable as the key has, and eight.
    bool is_at(const char* key) const {
      std::uint64_t eight = 0;
      std::memcpy(&eight, key, sizeof(eight));
      if ((eight & mask) != head) return false;
      return quoted.size() <= sizeof(eight) ||
             std::memcmp(key + sizeof(eight), quoted.data() + sizeof(eight),
                         quoted.size() - sizeof(eight)) == 0;
    }
  };
  struct Node {
    // Bit n is set when a key of a branch, or an escape, begins with a byte that is n modulo 64; at
    // place n the branches begin whose keys do.
    std::uint64_t first_bytes = 0;
    std::array<std::uint32_t, 64> places;
    std::vector<Branch> branches;
    std::vector<std::uint32_t> trails;  // that lead through here

    static std::size_t place_of(char first) { return static_cast<unsigned char>(first) % 64U; }
    bool may_branch(char first) const { return (first_bytes >> place_of(first) & 1U) != 0; }
    // The branch whose key begins at `key`, as Branch::is_at(), or nullptr.
    const Branch* branch_at(const char* key) const {
      std::uint32_t at = places[place_of(key[0])];
      while (at != kNone && !branches[at].is_at(key)) at = branches[at].next;
      return at == kNone ? nullptr : &branches[at];
    }
  };

  // The number of the trail from the top-level key with this number along `rest`; the same again
  // for the same. kNone where it is not followed: a rest of too many parts (each of its ways to be
  // written with dots in keys would be a branch), with an empty one, with a selector, or with what
  // JSON escapes.
  std::uint32_t add(std::uint32_t key, std::string_view rest);

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
  std::uint32_t branch_for(std::uint32_t node, std::string_view key);
  std::uint32_t new_node();

  std::vector<std::uint32_t> roots_;  // by number of the top-level key
  std::vector<Node> nodes_;
  std::uint32_t num_trails_ = 0;
  std::uint32_t num_parts_ = 0;
};

}  // namespace nepho::event
