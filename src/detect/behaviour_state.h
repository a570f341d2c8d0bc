// What one group remembers for the correlation types of our own (docs/behaviour.md), in the form of
// detect/window_state.h. These judge each event against what was before it: `holds` says whether
// the event just added is a finding, and the correlator asks for no change from before.
//
// Each class states its formula. The definition in code is plan/reference_behaviour.h.
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

}  // namespace nepho::detect
