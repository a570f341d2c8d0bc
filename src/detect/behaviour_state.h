// What one group remembers for the correlation types of our own (docs/behaviour.md), in the form of
// detect/window_state.h. Those with kJudgesEvents judge each event against what was before it:
// `holds` says whether the event just added is a finding, and the correlator asks for no change
// from before.
//
// Each class states its formula. The definition in code is plan/reference_behaviour.h, of x_burst
// plan/reference_correlator.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "detect/known_values.h"
#include "detect/window_state.h"
#include "plan/baseline.h"

namespace nepho::detect {

// x_new_value. Let t0 be the first event of the group, L the timespan and M the memory (without
// one: for ever). An event at t with the value v is a finding when
//
//   t - t0 >= L   and   v is not among the values seen in [t - M, t) nor earlier at t.
//
// Only what is known of the group decides: a group that was quiet for longer than M begins to learn
// anew. The rule is that of first-seen detections (Elastic's "new terms" rules, Splunk's
// first_time_seen), with the learning per group, so that a new group is no flood.
class NewValueState {
 public:
  static constexpr bool kJudgesEvents = true;
  void forget_before(std::int64_t start) { values_.forget_before(start); }
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& /*settings*/) const { return is_new_; }
  void list(std::vector<std::uint64_t>& /*events*/) const {}  // the completing one says it
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.time(first_);
    values_.exchange(archive);
  }
  bool is_sound(const WindowSettings& settings) const {
    return first_ != kNever && values_.is_sound(settings.most_values);
  }

 private:
  std::int64_t first_ = kNever;  // the group's first event
  KnownValues values_;
  bool is_new_ = false;
};

// x_rare. Of the events of the group before that have a value, and whose value is remembered, let n
// be their number and c the number of those with the value v. With t0 the first event of the group,
// an event at t with v is rare when
//
//   t - t0 >= timespan   and   n >= x_minimum   and   c / n meets the limits;
//
// a finding is the first of a row of rare events with v: a value is found again after it was not
// rare or was forgotten. A value is forgotten, with its count, when it was not seen for longer than
// the memory M. The share is the plain relative frequency, as in stacking or "least frequency of
// occurrence" analysis; x_minimum is there because with few events everything is rare.
class RareState {
 public:
  static constexpr bool kJudgesEvents = true;
  void forget_before(std::int64_t start) { values_.forget_before(start); }
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& /*settings*/) const { return is_finding_; }
  void list(std::vector<std::uint64_t>& /*events*/) const {}  // what was before is not rare
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.time(first_);
    values_.exchange(archive);
  }
  bool is_sound(const WindowSettings& settings) const {
    return first_ != kNever && values_.is_sound(settings.most_values);
  }

 private:
  std::int64_t first_ = kNever;
  KnownValues values_;  // marked: its last event was rare
  bool is_finding_ = false;
};

// x_burst. Of the events of the group in the window [t - timespan, t] that have a value, let N be
// their number, D the number of distinct values and d the number of those that were denied. The
// condition is met when
//
//   D meets the limits   and   d / N >= x_denials (0 without it).
//
// Many different read calls in a short time are how somebody finds out what stolen credentials can
// do (ATT&CK T1580, T1526; enumeration tools such as enumerate-iam and Pacu try hundreds of calls a
// minute, and most are refused); the share of refusals tells them from inventories.
class BurstState {
 public:
  void forget_before(std::int64_t start);
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& settings) const;
  void list(std::vector<std::uint64_t>& events) const;
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    std::vector<Call> window(window_.begin() + static_cast<std::ptrdiff_t>(begin_), window_.end());
    archive.list(window);
    if (!Archive::kReads) return;
    *this = {};
    for (const Call& call : window) take(call);
  }
  bool is_sound(const WindowSettings& settings) const { return size() <= settings.most_values; }

 private:
  struct Call {
    Stamp stamp;
    Hash128 value;
    bool is_denied = false;
    template <typename Archive>
    void exchange(Archive& archive) {
      stamp.exchange(archive);
      archive.number(value.high);
      archive.number(value.low);
      archive.flag(is_denied);
    }
  };
  struct Counted {
    Hash128 value;
    std::size_t count = 0;
  };
  void take(const Call& call);
  void drop_front();
  std::size_t size() const { return window_.size() - begin_; }

  std::vector<Call> window_;  // from begin_ on, in order of time
  std::size_t begin_ = 0;
  std::size_t num_denied_ = 0;
  std::vector<Counted> distinct_;  // by value
};

// x_volume. Time is cut into windows of the timespan W, window w = [w W, (w + 1) W) since 1970 in
// UTC. X_w is the number of the group's events in it, or the sum of the field's numbers; a window
// without events counts 0. With the median and the spread of the windows before (plan/baseline.h),
// from the group's first on and of the memory M (28 days) at most, an event in w is a finding when
//
//   there are x_minimum such windows or more   and   z = (X_w so far - median) / spread
//   meets the limits   and   no event of w was a finding before.
//
// Where four or more windows at the same time of the week are known, the baseline is of them. What
// was not counted is 0 only between events: a group that was quiet for longer than M begins anew.
class VolumeState {
 public:
  static constexpr bool kJudgesEvents = true;
  void forget_before(std::int64_t /*start*/) {}  // windows leave as new ones come
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& /*settings*/) const { return is_finding_; }
  void list(std::vector<std::uint64_t>& /*events*/) const {}  // a number made it, not some of them
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.number(window_);
    archive.total(total_);
    archive.flag(was_found_);
    archive.list(totals_);
  }
  bool is_sound(const WindowSettings& settings) const;

 private:
  struct Total {
    plan::Amount amount = 0;
    template <typename Archive>
    void exchange(Archive& archive) {
      archive.total(amount);
    }
  };
  void go_to(std::int64_t window, const WindowSettings& settings);
  void settle_baseline(const WindowSettings& settings);

  std::int64_t window_ = kNever;  // the present one; kNever: no event yet
  plan::Amount total_ = 0;        // of it so far
  bool was_found_ = false;        // in it
  bool is_finding_ = false;
  std::vector<Total> totals_;               // of those before, the latest last
  std::optional<plan::Baseline> baseline_;  // for the present one; worked out when it is asked for
};

// x_velocity. Between an event at t1 and the one before it in the group that has coordinates, at
// t0, not older than the timespan, let d be the distance on the great circle (plan/distance.h). The
// event is a finding when
//
//   d >= x_distance   and   v = d / (t1 - t0) in km/h meets the limits,
//
// where at equal times v is without bound. "Impossible travel", as Microsoft Entra's and Google's
// sign-in protection name it; an airliner does 900 km/h.
class VelocityState {
 public:
  static constexpr bool kJudgesEvents = true;
  void forget_before(std::int64_t start) {
    std::erase_if(last_, [&](const Place& place) { return place.stamp.time < start; });
  }
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& /*settings*/) const { return is_finding_; }
  void list(std::vector<std::uint64_t>& events) const { events.push_back(from_); }
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.list(last_);
  }
  bool is_sound(const WindowSettings& settings) const;

 private:
  struct Place {
    Stamp stamp;
    plan::Coordinates coordinates;
    template <typename Archive>
    void exchange(Archive& archive) {
      stamp.exchange(archive);
      archive.amount(coordinates.latitude);
      archive.amount(coordinates.longitude);
    }
  };
  std::vector<Place> last_;  // none or one
  std::uint64_t from_ = 0;   // of a finding, the event before
  double distance_km_ = 0;   // from there
  std::int64_t took_ = 0;    // nanoseconds
  bool is_finding_ = false;
};

}  // namespace nepho::detect
