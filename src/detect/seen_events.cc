// Two generations: events go into the current one; when it holds a window's worth it becomes the
// previous one, and that one is forgotten.
#include "detect/seen_events.h"

#include <algorithm>
#include <utility>

namespace nepho::detect {

void SeenEvents::Generation::prefetch(std::uint64_t fingerprint) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[fingerprint & (slots_.size() - 1)]);
}

bool SeenEvents::Generation::contains(std::uint64_t fingerprint) const {
  if (slots_.empty()) return false;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = fingerprint & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if (slots_[at] == fingerprint) return true;
  }
  return false;
}

void SeenEvents::Generation::insert(std::uint64_t fingerprint) {
  if (2 * (size_ + 1) > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = fingerprint & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = fingerprint;
  ++size_;
}

// By eight while that is little memory; to zero fresh pages costs more than to move what is there.
void SeenEvents::Generation::grow() {
  constexpr std::size_t kFewest = 1U << 12U;
  constexpr std::size_t kMany = 1U << 18U;
  const std::size_t times = slots_.size() < kMany ? 8 : 2;
  Slots old(std::max(kFewest, times * slots_.size()), 0);
  old.swap(slots_);
  size_ = 0;
  for (const std::uint64_t kept : old) {
    if (kept != 0) insert(kept);
  }
}

void SeenEvents::Generation::clear() {
  std::fill(slots_.begin(), slots_.end(), 0);
  size_ = 0;
}

void SeenEvents::add(std::span<const std::uint64_t> fingerprints, std::vector<bool>& repeated) {
  repeated.assign(fingerprints.size(), false);
  const std::lock_guard lock(mutex_);
  for (const std::uint64_t fingerprint : fingerprints) current_.prefetch(fingerprint | 1U);
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    const std::uint64_t fingerprint = fingerprints[i] | 1U;  // 0 marks an empty slot
    repeated[i] = current_.contains(fingerprint) || previous_.contains(fingerprint);
    if (repeated[i]) continue;
    if (current_.size() >= window_) {
      std::swap(current_, previous_);
      current_.clear();
    }
    current_.insert(fingerprint);
  }
}

}  // namespace nepho::detect
