#include "detect/behaviour_state.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace nepho::detect {
namespace {

// Totals of less can be taken from each other without overflow. Some 10^8 numbers of 10^24, the
// largest there are (plan/amount.h).
constexpr double kLargestTotal = 8e37;
// The windows of all times there are have smaller numbers: nanoseconds by timespans of a second or
// more.
constexpr double kLastWindow = 1e10;

}  // namespace

void NewValueState::add(const Sample& sample, const WindowSettings& settings) {
  const std::int64_t time = sample.stamp.time;
  if (first_ == kNever) first_ = time;
  is_new_ = false;
  if (!sample.value) return;
  const auto seen =
      values_.see(*sample.value, time, settings.most_values, *settings.values_left_out);
  is_new_ = seen.count == 0 && first_ <= earlier_by(time, settings.timespan);
}

void NewValueState::measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
                            Measurement& measured) const {
  measured.known_since = Instant(std::chrono::nanoseconds(first_));
}

// ---- x_rare ----

void RareState::add(const Sample& sample, const WindowSettings& settings) {
  const std::int64_t time = sample.stamp.time;
  if (first_ == kNever) first_ = time;
  is_finding_ = false;
  if (!sample.value) return;
  const auto seen =
      values_.see(*sample.value, time, settings.most_values, *settings.values_left_out);
  const sigma::Correlation& correlation = *settings.correlation;
  const bool is_rare =
      first_ <= earlier_by(time, settings.timespan) &&
      seen.total >= correlation.behaviour.minimum &&
      plan::meets(correlation.thresholds, static_cast<plan::Amount>(seen.count) * plan::kOne,
                  static_cast<std::int64_t>(seen.total));
  is_finding_ = is_rare && !seen.is_marked;
  seen.is_marked = is_rare;
}

// What was known before the event, which has been counted since.
void RareState::measure(const Sample& sample, const WindowSettings& /*settings*/,
                        Measurement& measured) const {
  measured.known_since = Instant(std::chrono::nanoseconds(first_));
  measured.num_seen = values_.count_of(*sample.value) - 1;
  measured.num_events = values_.total() - 1;
  measured.value =
      plan::ratio_of(counted(measured.num_seen), static_cast<std::int64_t>(measured.num_events));
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

void BurstState::measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
                         Measurement& measured) const {
  measured.value = counted(distinct_.size());
  measured.num_events = size();
  measured.num_denied = num_denied_;
}

void BurstState::list(std::vector<std::uint64_t>& events) const {
  for (std::size_t i = begin_; i < window_.size(); ++i) events.push_back(window_[i].stamp.event);
}

// ---- x_volume ----

namespace {

std::size_t most_windows(const WindowSettings& settings) {
  const auto most = static_cast<std::size_t>(settings.remembered / settings.timespan);
  return std::min(most, settings.most_values);
}

// Rounded down, before 1970 too.
std::int64_t window_of(std::int64_t time, std::int64_t timespan) {
  return time / timespan - (time % timespan < 0 ? 1 : 0);
}

std::size_t windows_a_week(std::int64_t timespan) {
  constexpr std::int64_t kWeek = std::chrono::nanoseconds(std::chrono::days(7)).count();
  return kWeek % timespan == 0 ? static_cast<std::size_t>(kWeek / timespan) : 0;
}

}  // namespace

void VolumeState::go_to(std::int64_t window, const WindowSettings& settings) {
  if (window_ != kNever) {
    const std::size_t most = most_windows(settings);
    totals_.push_back({total_});
    const std::int64_t num_silent = window - window_ - 1;
    totals_.resize(totals_.size() + std::min(most, static_cast<std::size_t>(num_silent)));
    if (totals_.size() > most)
      totals_.erase(totals_.begin(), totals_.end() - static_cast<std::ptrdiff_t>(most));
  }
  window_ = window;
  total_ = 0;
  was_found_ = false;
  baseline_.reset();
}

void VolumeState::settle_baseline(const WindowSettings& settings) {
  std::vector<plan::Amount> totals;
  totals.reserve(totals_.size());
  for (const Total& total : totals_) totals.push_back(total.amount);
  baseline_ = plan::baseline_of(totals, windows_a_week(settings.timespan),
                                !settings.correlation->fields.empty());
}

void VolumeState::add(const Sample& sample, const WindowSettings& settings) {
  const std::int64_t window = window_of(sample.stamp.time, settings.timespan);
  if (window != window_) go_to(window, settings);
  is_finding_ = false;
  if (!sample.amount) return;
  total_ += *sample.amount;
  const sigma::Correlation& correlation = *settings.correlation;
  if (was_found_ || totals_.size() < correlation.behaviour.minimum) return;
  if (!baseline_) settle_baseline(settings);
  is_finding_ = plan::meets(correlation.thresholds, plan::amount_of(baseline_->score(total_)));
  was_found_ = is_finding_;
  if (is_finding_ && !baseline_->is_weekly) ++*settings.without_weeks;
}

void VolumeState::measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
                          Measurement& measured) const {
  measured.value = plan::amount_of(baseline_->score(total_));
  measured.total = total_;
  measured.baseline = baseline_;
}

bool VolumeState::is_sound(const WindowSettings& settings) const {
  const auto in_bounds = [](plan::Amount amount) {
    return std::abs(static_cast<double>(amount)) < kLargestTotal;
  };
  return window_ != kNever && std::abs(static_cast<double>(window_)) < kLastWindow &&
         totals_.size() <= most_windows(settings) && in_bounds(total_) &&
         std::ranges::all_of(totals_, [&](const Total& total) { return in_bounds(total.amount); });
}

// ---- x_velocity ----

void VelocityState::add(const Sample& sample, const WindowSettings& settings) {
  is_finding_ = false;
  if (!sample.coordinates) return;
  if (!last_.empty()) {
    const Place& before = last_.front();
    const sigma::Correlation& correlation = *settings.correlation;
    distance_km_ = plan::distance_km(before.coordinates, *sample.coordinates);
    took_ = sample.stamp.time - before.stamp.time;
    const double speed = plan::speed_kmh(distance_km_, took_);
    is_finding_ = distance_km_ >= correlation.behaviour.distance_km &&
                  plan::meets(correlation.thresholds, plan::amount_of(speed));
    from_ = before.stamp.event;
  }
  last_.assign(1, {sample.stamp, *sample.coordinates});
}

void VelocityState::measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
                            Measurement& measured) const {
  measured.distance_km = distance_km_;
  measured.took = took_;
  if (took_ != 0) measured.value = plan::amount_of(plan::speed_kmh(distance_km_, took_));
}

bool VelocityState::is_sound(const WindowSettings& /*settings*/) const {
  return last_.size() <= 1 && std::ranges::all_of(last_, [](const Place& place) {
           return plan::coordinates_of(place.coordinates.latitude, place.coordinates.longitude)
               .has_value();
         });
}

}  // namespace nepho::detect
