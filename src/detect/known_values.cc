#include "detect/known_values.h"

#include <algorithm>

namespace nepho::detect {
namespace {

// More sightings of one value than any log has; so many values of them add up without overflow.
constexpr std::uint64_t kMostSeen = std::uint64_t{1} << 44U;

}  // namespace

void KnownValues::sum_up() {
  oldest_ = std::numeric_limits<std::int64_t>::max();
  total_ = 0;
  for (const Value& value : values_) {
    oldest_ = std::min(oldest_, value.last);
    total_ += value.count;
  }
}

void KnownValues::forget_before(std::int64_t start) {
  if (oldest_ >= start) return;
  std::erase_if(values_, [&](const Value& value) { return value.last < start; });
  sum_up();
}

void KnownValues::leave_oldest() {
  values_.erase(std::ranges::min_element(values_, {}, &Value::last));
  sum_up();
}

KnownValues::Value& KnownValues::know(const Hash128& value, std::int64_t time, std::size_t most,
                                      std::uint64_t& left_out) {
  auto at = std::ranges::lower_bound(values_, value, {}, &Value::value);
  if (at != values_.end() && at->value == value) return *at;
  if (values_.size() >= most) {
    leave_oldest();
    ++left_out;
    at = std::ranges::lower_bound(values_, value, {}, &Value::value);
  }
  oldest_ = std::min(oldest_, time);
  return *values_.insert(at, {value, time, 0, false});
}

KnownValues::Seen KnownValues::see(const Hash128& value, std::int64_t time, std::size_t most,
                                   std::uint64_t& left_out) {
  Value& known = know(value, time, most, left_out);
  const Seen seen{known.count, total_, known.is_marked};
  ++known.count;
  ++total_;
  known.last = time;
  return seen;
}

std::uint64_t KnownValues::count_of(const Hash128& value) const {
  const auto at = std::ranges::lower_bound(values_, value, {}, &Value::value);
  return at != values_.end() && at->value == value ? at->count : 0;
}

bool KnownValues::is_sound(std::size_t most) const {
  return values_.size() <= most &&
         std::ranges::adjacent_find(values_,
                                    [](const Value& one, const Value& next) {
                                      return one.value >= next.value;
                                    }) == values_.end() &&
         std::ranges::all_of(values_, [](const Value& value) {
           return value.count > 0 && value.count < kMostSeen;
         });
}

}  // namespace nepho::detect
