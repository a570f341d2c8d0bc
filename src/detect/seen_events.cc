// Two generations: events go into the current one; when it holds a window's worth it becomes the
// previous one, and that one is forgotten.
#include "detect/seen_events.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
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

std::vector<std::uint64_t> SeenEvents::Generation::all() const {
  std::vector<std::uint64_t> all;
  all.reserve(size_);
  std::ranges::copy_if(slots_, std::back_inserter(all),
                       [](std::uint64_t kept) { return kept != 0; });
  return all;
}

// Probing ends at an empty slot, so that none can be emptied by itself.
void SeenEvents::Generation::erase(const std::vector<std::uint64_t>& fingerprints) {
  const std::unordered_set<std::uint64_t> erased(fingerprints.begin(), fingerprints.end());
  const auto before = all();
  clear();
  for (const std::uint64_t kept : before) {
    if (!erased.contains(kept)) insert(kept);
  }
}

SeenEvents::Kept SeenEvents::kept() {
  const std::lock_guard lock(mutex_);
  return {previous_.all(), current_.all()};
}

void SeenEvents::restore(const Kept& kept) {
  const std::lock_guard lock(mutex_);
  previous_.clear();
  current_.clear();
  for (const std::uint64_t fingerprint : kept.earlier) previous_.insert(fingerprint);
  for (const std::uint64_t fingerprint : kept.latest) current_.insert(fingerprint);
}

void SeenEvents::mark() {
  const std::lock_guard lock(mutex_);
  is_marked_ = true;
  since_mark_.clear();
}

void SeenEvents::take_back() {
  const std::lock_guard lock(mutex_);
  previous_.erase(since_mark_);
  current_.erase(since_mark_);
  since_mark_.clear();
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
    if (is_marked_) since_mark_.push_back(fingerprint);
  }
}

}  // namespace nepho::detect
