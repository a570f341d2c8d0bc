// What one group remembers for the correlation types of our own (docs/behaviour.md), in the form of
// detect/window_state.h. Those with kJudgesEvents judge each event against what was before it:
// `holds` says whether the event just added is a finding, and the correlator asks for no change
// from before.
//
// Each class states its formula. The definition in code is plan/reference_behaviour.h, of x_burst
// plan/reference_correlator.h.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/known_values.h"
#include "detect/window_state.h"

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
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.number(first_);
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

}  // namespace nepho::detect
