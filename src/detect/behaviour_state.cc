#include "detect/behaviour_state.h"

#include <algorithm>

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

// ---- x_burst ----

void BurstState::take(const Call& call) {
  window_.push_back(call);
  num_denied_ += call.is_denied ? 1 : 0;
  auto at = std::ranges::lower_bound(distinct_, call.value, {}, &Counted::value);
  if (at == distinct_.end() || at->value != call.value) at = distinct_.insert(at, {call.value, 0});
  ++at->count;
}

void BurstState::drop_front() {
  const Call& oldest = window_[begin_];
  num_denied_ -= oldest.is_denied ? 1 : 0;
  const auto at = std::ranges::lower_bound(distinct_, oldest.value, {}, &Counted::value);
  if (--at->count == 0) distinct_.erase(at);
  ++begin_;
  // Half of it is past: the rest moves to the front.
  if (begin_ * 2 > window_.size()) {
    window_.erase(window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
}

void BurstState::forget_before(std::int64_t start) {
  while (size() != 0 && window_[begin_].stamp.time < start) drop_front();
}

void BurstState::add(const Sample& sample, const WindowSettings& settings) {
  if (!sample.value) return;
  if (size() >= settings.most_values) {
    drop_front();
    ++*settings.values_left_out;
  }
  take({sample.stamp, *sample.value, sample.is_denied});
}

bool BurstState::holds(const WindowSettings& settings) const {
  const double share = settings.correlation->behaviour.denials.value_or(0);
  return settings.counts(distinct_.size()) &&
         static_cast<plan::Amount>(num_denied_) * plan::kOne >=
             plan::amount_of(share) * static_cast<plan::Amount>(size());
}

void BurstState::list(std::vector<std::uint64_t>& events) const {
  for (std::size_t i = begin_; i < window_.size(); ++i) events.push_back(window_[i].stamp.event);
}

}  // namespace nepho::detect
