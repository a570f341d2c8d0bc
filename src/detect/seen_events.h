// Which events were met before: logs are delivered twice more often than one thinks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "base/huge_pages.h"

namespace nepho::detect {

// Remembers the fingerprints (64 bits) of at least the last `window` events, of at most twice as
// many. Safe to use from many threads; they give a block's worth at a time, so that the lock is
// taken once a block. Memory: 16 to 32 bytes for each remembered event, and little for few events.
// Two events with one fingerprint by chance: 1 in 10^13 for a window of a million; such an event is
// still evaluated (Match::is_repeat), only counted wrongly.
class SeenEvents {
 public:
  // engine.md, "Log sources": a bounded window of a million ids.
  static constexpr std::size_t kDefaultWindow = 1'000'000;

  explicit SeenEvents(std::size_t window = kDefaultWindow) : window_(window) {}

  // Adds the fingerprints in order; sets repeated[i] when fingerprints[i] was there before, be it
  // earlier in the same span. Cost: about 10 ns each.
  void add(std::span<const std::uint64_t> fingerprints, std::vector<bool>& repeated);

  // What is remembered, for another run of the program: two spans of events, the earlier first, at
  // most a window each, in no order. All are odd.
  struct Kept {
    std::vector<std::uint64_t> earlier;
    std::vector<std::uint64_t> latest;
  };
  Kept kept();
  // Remembers what was kept and nothing else.
  void restore(const Kept& kept);

  // From now on take_back() forgets what was added since: the events are to come again.
  void mark();
  void take_back();

 private:
  // An open-addressing set of numbers other than 0.
  class Generation {
   public:
    bool contains(std::uint64_t fingerprint) const;
    void insert(std::uint64_t fingerprint);
    void prefetch(std::uint64_t fingerprint) const;
    std::size_t size() const { return size_; }
    void clear();
    void erase(const std::vector<std::uint64_t>& fingerprints);
    std::vector<std::uint64_t> all() const;

   private:
    using Slots = std::vector<std::uint64_t, HugePageAllocator<std::uint64_t>>;
    void grow();

    Slots slots_;  // a power of two, at most half full
    std::size_t size_ = 0;
  };

  std::mutex mutex_;
  std::size_t window_;
  Generation current_;
  Generation previous_;
  bool is_marked_ = false;
  std::vector<std::uint64_t> since_mark_;
};

}  // namespace nepho::detect
