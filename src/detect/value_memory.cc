#include "detect/value_memory.h"

#include <utility>

namespace nepho::detect {
namespace {

// Most fields have few values: so many begin, and a table that grows is quick to look into.
constexpr std::size_t kFirstPlaces = 16;

}  // namespace

std::uint64_t ValueMemory::hash_of(text::JsonType type, std::string_view text) const {
  return key_.hash64(text) + static_cast<std::uint64_t>(type);
}

bool ValueMemory::is_it(const Known& known, std::uint64_t hash, text::JsonType type,
                        std::string_view text) const {
  return known.hash == hash && known.type == type &&
         std::string_view(texts_).substr(known.text_begin, known.text_size) == text;
}

std::optional<ValueMemory::Rules> ValueMemory::find(text::JsonType type,
                                                    std::string_view text) const {
  if (places_.empty()) return std::nullopt;
  const std::uint64_t hash = hash_of(type, text);
  const std::size_t mask = places_.size() - 1;
  for (std::size_t at = hash & mask; places_[at].is_taken; at = (at + 1) & mask) {
    const Known& known = places_[at];
    if (is_it(known, hash, type, text))
      return Rules(rules_).subspan(known.rules_begin, known.num_rules);
  }
  return std::nullopt;
}

void ValueMemory::add(text::JsonType type, std::string_view text, Rules rules) {
  if (num_known_ == kMost || rules_.size() + rules.size() > kMostRules) begin_anew();
  if (2 * (num_known_ + 1) > places_.size()) grow();
  const std::uint64_t hash = hash_of(type, text);
  free_place(hash) = {.hash = hash,
                      .text_begin = static_cast<std::uint32_t>(texts_.size()),
                      .rules_begin = static_cast<std::uint32_t>(rules_.size()),
                      .num_rules = static_cast<std::uint32_t>(rules.size()),
                      .text_size = static_cast<std::uint16_t>(text.size()),
                      .type = type,
                      .is_taken = true};
  texts_ += text;
  rules_.insert(rules_.end(), rules.begin(), rules.end());
  ++num_known_;
}

ValueMemory::Known& ValueMemory::free_place(std::uint64_t hash) {
  const std::size_t mask = places_.size() - 1;
  std::size_t at = hash & mask;
  while (places_[at].is_taken) at = (at + 1) & mask;
  return places_[at];
}

void ValueMemory::begin_anew() {
  places_.assign(places_.size(), Known{});
  num_known_ = 0;
  texts_.clear();
  rules_.clear();
}

void ValueMemory::grow() {
  const std::vector<Known> before = std::exchange(
      places_, std::vector<Known>(places_.empty() ? kFirstPlaces : 2 * places_.size()));
  for (const Known& known : before) {
    if (known.is_taken) free_place(known.hash) = known;
  }
}

}  // namespace nepho::detect
