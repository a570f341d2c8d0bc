// What was found out about a value, for when it comes again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.h"

namespace nepho::detect {

// Which rules the values of one field lead to. Values of cloud logs repeat themselves (user agents,
// roles, addresses), and most lead nowhere: to know that again costs a hash and a comparison,
// however many rules there are.
//
// Bounded: kMost texts of at most kMostTextBytes, then it begins anew; an attacker who never
// repeats a value gains that each is looked at, one who makes hashes collide a walk over kMost
// numbers. One owner, no threads.
class ValueMemory {
 public:
  static constexpr std::size_t kMost = 4096;
  static constexpr std::size_t kMostTextBytes = 256;  // longer texts are not kept

  // The rules for this value, in the order in which they were added; nullptr when it is not known.
  // Valid until the next call of add().
  const std::vector<std::uint32_t>* find(text::JsonType type, std::string_view text) const;
  // Keeps `rules` for a value that is not known, and gives them as they are kept. Not for longer
  // texts.
  const std::vector<std::uint32_t>& add(text::JsonType type, std::string_view text,
                                        std::vector<std::uint32_t> rules);

 private:
  struct Known {
    std::uint64_t hash = 0;
    text::JsonType type = text::JsonType::kNull;
    std::string text;
    std::vector<std::uint32_t> rules;
  };
  static std::uint64_t hash_of(text::JsonType type, std::string_view text);
  std::size_t place_of(std::uint64_t hash, text::JsonType type, std::string_view text) const;

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> places_;  // into known_, by hash; a power of two, at most half full
  std::vector<Known> known_;
};

}  // namespace nepho::detect
