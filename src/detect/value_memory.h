// What was found out about a value, for when it comes again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/keyed_hash.h"
#include "text/json.h"

namespace nepho::detect {

// Which rules the values of one field lead to. Values of cloud logs repeat themselves (user agents,
// roles, addresses), and most lead nowhere: to know that again costs a hash and a comparison,
// however many rules there are.
//
// Values are written by attackers, hence a hash under a key that they do not know, and no trust in
// it: texts are compared. Bounded: kMost texts of at most kMostTextBytes, with kMostRules numbers
// of rules, then it begins anew; an attacker who never repeats a value gains that each is looked
// at. Texts and rules lie in one piece each, so that a look touches three lines of memory, not
// five. One owner, no threads.
class ValueMemory {
 public:
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kMostTextBytes = 256;                // longer texts are not kept
  static constexpr std::size_t kMostRules = std::size_t{1} << 18U;  // 1 MiB

  using Rules = std::span<const std::uint32_t>;

  explicit ValueMemory(HashKey key) : key_(key) {}

  // The rules for this value, in the order in which they were added; nothing when it is not known.
  // Valid until the next call of add().
  std::optional<Rules> find(text::JsonType type, std::string_view text) const;
  // Keeps `rules` for a value that is not known. Not for longer texts.
  void add(text::JsonType type, std::string_view text, Rules rules);

 private:
  struct Known {
    std::uint64_t hash = 0;
    std::uint32_t text_begin = 0;   // in texts_
    std::uint32_t rules_begin = 0;  // in rules_
    std::uint32_t num_rules = 0;
    std::uint16_t text_size = 0;
    text::JsonType type = text::JsonType::kNull;
    bool is_taken = false;
  };
  std::uint64_t hash_of(text::JsonType type, std::string_view text) const;
  bool is_it(const Known& known, std::uint64_t hash, text::JsonType type,
             std::string_view text) const;
  Known& free_place(std::uint64_t hash);
  void begin_anew();
  void grow();

  HashKey key_;
  std::vector<Known> places_;  // by hash, the next free one; a power of two, at most half full
  std::size_t num_known_ = 0;
  std::string texts_;
  std::vector<std::uint32_t> rules_;
};

}  // namespace nepho::detect
