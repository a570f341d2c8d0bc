#include "detect/value_memory.h"

#include <utility>

#include "base/hash.h"

namespace nepho::detect {

std::uint64_t ValueMemory::hash_of(text::JsonType type, std::string_view text) {
  return hash64(text) + static_cast<std::uint64_t>(type);
}

// Where the value is, or where it would be put.
std::size_t ValueMemory::place_of(std::uint64_t hash, text::JsonType type,
                                  std::string_view text) const {
  const std::size_t mask = places_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    if (places_[at] == kNone) return at;
    const Known& known = known_[places_[at]];
    if (known.hash == hash && known.type == type && known.text == text) return at;
  }
}

const std::vector<std::uint32_t>* ValueMemory::find(text::JsonType type,
                                                    std::string_view text) const {
  if (places_.empty()) return nullptr;
  const std::uint32_t place = places_[place_of(hash_of(type, text), type, text)];
  return place == kNone ? nullptr : &known_[place].rules;
}

const std::vector<std::uint32_t>& ValueMemory::add(text::JsonType type, std::string_view text,
                                                   std::vector<std::uint32_t> rules) {
  if (places_.empty() || known_.size() == kMost) {
    places_.assign(2 * kMost, kNone);
    known_.clear();
  }
  const std::uint64_t hash = hash_of(type, text);
  places_[place_of(hash, type, text)] = static_cast<std::uint32_t>(known_.size());
  known_.push_back({hash, type, std::string(text), std::move(rules)});
  return known_.back().rules;
}

}  // namespace nepho::detect
