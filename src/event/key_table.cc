#include "event/key_table.h"

#include <bit>

namespace nepho::event {

std::uint32_t KeyTable::add(std::string_view key) {
  if (const std::uint32_t known = find(key); known != kAbsent) return known;
  keys_.emplace_back(key);
  grow();
  return static_cast<std::uint32_t>(keys_.size() - 1);
}

void KeyTable::grow() {
  const std::size_t wanted = std::bit_ceil(keys_.size() * 4);
  if (wanted > slots_.size()) {
    slots_.assign(wanted, kAbsent);
    mask_ = wanted - 1;
    for (std::uint32_t number = 0; number + 1 < keys_.size(); ++number) {
      std::size_t at = hash(keys_[number]) & mask_;
      while (slots_[at] != kAbsent) at = (at + 1) & mask_;
      slots_[at] = number;
    }
  }
  const auto last = static_cast<std::uint32_t>(keys_.size() - 1);
  std::size_t at = hash(keys_[last]) & mask_;
  while (slots_[at] != kAbsent) at = (at + 1) & mask_;
  slots_[at] = last;
}

}  // namespace nepho::event
