// Open addressing with linear probing in a table at most a quarter full: most keys of a record are
// not in it, and mostly end at an empty slot on the first look. There are no removals.
#include "event/key_table.h"

#include <algorithm>
#include <bit>

namespace nepho::event {

std::uint32_t KeyTable::add(std::string_view key, Use use) {
  std::uint32_t number = find(key);
  if (number == kAbsent) {
    number = static_cast<std::uint32_t>(entries_.size());
    Entry& entry = entries_.emplace_back();
    entry.text = key;
    std::copy_n(key.data(), std::min(key.size(), entry.head.size()), entry.head.data());
    grow();
  }
  entries_[number].is_usual |= use == Use::kUsual;
  entries_[number].is_rare |= use == Use::kRare;
  return number;
}

void KeyTable::grow() {
  const std::size_t wanted = std::bit_ceil(entries_.size() * 4);
  if (wanted > slots_.size()) {
    slots_.assign(wanted, kAbsent);
    mask_ = wanted - 1;
    for (std::uint32_t number = 0; number + 1 < entries_.size(); ++number) {
      std::size_t at = hash(entries_[number].text) & mask_;
      while (slots_[at] != kAbsent) at = (at + 1) & mask_;
      slots_[at] = number;
    }
  }
  const auto last = static_cast<std::uint32_t>(entries_.size() - 1);
  std::size_t at = hash(entries_[last].text) & mask_;
  while (slots_[at] != kAbsent) at = (at + 1) & mask_;
  slots_[at] = last;
}

}  // namespace nepho::event
