#include "detect/behaviour_state.h"

namespace nepho::detect {

void NewValueState::add(const Sample& sample, const WindowSettings& settings) {
  const std::int64_t time = sample.stamp.time;
  if (first_ == kNever) first_ = time;
  is_new_ = false;
  if (!sample.value) return;
  KnownValues::Value& value =
      values_.know(*sample.value, time, settings.most_values, *settings.values_left_out);
  is_new_ = value.count == 0 && first_ <= earlier_by(time, settings.timespan);
  ++value.count;
  value.last = time;
}

}  // namespace nepho::detect
