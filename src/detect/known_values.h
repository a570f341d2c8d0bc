// The values that were seen of one group, how often and when last.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/hash.h"

namespace nepho::detect {

// Values as keyed hashes (HashKey::hash128), sorted by them. Times never go back.
//
// Bounded: when full, the value that was seen longest ago leaves (of equal times the smaller hash)
// and is counted; should it come back it looks like a new one, which the counter tells. Cost: a
// look-up is a binary search, a new value moves half of them on; forgetting looks at all values
// when one of them may have become too old. 40 bytes a value.
class KnownValues {
 public:
  struct Value {
    Hash128 value;
    std::int64_t last = 0;  // nanoseconds since 1970
    std::uint64_t count = 0;
    bool is_marked = false;  // whatever its owner wants to know of it

    template <typename Archive>
    void exchange(Archive& archive) {
      archive.number(value.high);
      archive.number(value.low);
      archive.time(last);
      archive.number(count);
      archive.flag(is_marked);
    }
  };

  // Forgets what was seen last before `start`.
  void forget_before(std::int64_t start);
  // Counts the value, which is seen at this time. At most `most` are known, 1 or more.
  struct Seen {
    std::uint64_t count = 0;  // of it before, 0: it was not known
    std::uint64_t total = 0;  // of all that are known, before
    bool& is_marked;
  };
  Seen see(const Hash128& value, std::int64_t time, std::size_t most, std::uint64_t& left_out);
  std::size_t size() const { return values_.size(); }
  std::uint64_t total() const { return total_; }       // of all counts
  std::uint64_t count_of(const Hash128& value) const;  // 0: not known

  template <typename Archive>
  void exchange(Archive& archive) {
    archive.list(values_);
    if (Archive::kReads) sum_up();
  }
  // Whether what was read is sorted, and counts nothing absurd.
  bool is_sound(std::size_t most) const;

 private:
  Value& know(const Hash128& value, std::int64_t time, std::size_t most, std::uint64_t& left_out);
  void sum_up();
  void leave_oldest();

  std::vector<Value> values_;
  // No value was seen last before it.
  std::uint64_t total_ = 0;
  std::int64_t oldest_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace nepho::detect
