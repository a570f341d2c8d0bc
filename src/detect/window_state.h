// What one group of a correlation remembers of its window, by type of correlation; each as little
// as its condition can be decided by.
//
// All keep to one form: `forget_before(start)` drops what is older than the window, `add(sample)`
// takes the next event, `holds(settings)` says whether the condition is met, `list(events)` appends
// the numbers of the events behind that, in no order, and `measure(sample, settings, measured)`
// says how it was met by the event just added. Times never go back within a group.
// `exchange(archive)` is for saving and restoring (detect/correlation_state.h), and
// `is_sound(settings)` tells whether what was restored can be gone on with.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "detect/measurement.h"
#include "plan/amount.h"
#include "plan/distance.h"
#include "sigma/correlation.h"

namespace nepho::detect {

// A time before all others.
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();
// `time` less `span` (0 or more), without going past the beginning of time; nanoseconds.
constexpr std::int64_t earlier_by(std::int64_t time, std::int64_t span) {
  return time < kNever + span ? kNever : time - span;
}

// An event: when it was (nanoseconds since 1970), and its number in the run.
struct Stamp {
  std::int64_t time = 0;
  std::uint64_t event = 0;

  template <typename Archive>
  void exchange(Archive& archive) {
    archive.time(time);
    archive.event(event);
  }
};

inline plan::Amount counted(std::size_t count) {
  return static_cast<plan::Amount>(count) * plan::kOne;
}

// What a correlation asks for, the same for all its groups.
struct WindowSettings {
  const sigma::Correlation* correlation = nullptr;
  std::int64_t timespan = 0;    // nanoseconds
  std::int64_t remembered = 0;  // how long a group is of use after its last event; nanoseconds
  // Counts above it need not be told apart: all thresholds stand the same there.
  std::size_t most_counted = 1;
  std::size_t most_values = 0;  // Limits.max_values_per_group
  std::uint64_t* values_left_out = nullptr;
  std::uint64_t* without_weeks = nullptr;  // findings of x_volume by windows of all times

  explicit WindowSettings(const sigma::Correlation& asked);
  bool counts(std::size_t count) const {
    return plan::meets(correlation->thresholds, counted(count));
  }
};

// One event for one group.
struct Sample {
  Stamp stamp;
  std::uint64_t rules = 0;                       // bit i: it came in through rule i of the list
  std::optional<Hash128> value;                  // where values are told apart: the tuple
  std::optional<plan::Amount> amount;            // value_sum and the like
  bool is_denied = false;                        // x_burst
  std::optional<plan::Coordinates> coordinates;  // x_velocity
};

// The last few of a row of stamps; one fits without further memory: where groups are many, most
// have one event.
class StampRing {
 public:
  std::size_t size() const { return size_; }
  const Stamp& operator[](std::size_t i) const { return data()[(begin_ + i) % capacity_]; }
  void push(const Stamp& stamp, std::size_t most);
  void drop_front() {
    begin_ = (begin_ + 1) % capacity_;
    --size_;
  }
  void clear() { begin_ = size_ = 0; }

  template <typename Archive>
  void exchange(Archive& archive) {
    std::vector<Stamp> stamps;
    for (std::size_t i = 0; i < size_; ++i) stamps.push_back((*this)[i]);
    archive.list(stamps);
    if (!Archive::kReads) return;
    clear();
    for (const Stamp& stamp : stamps) push(stamp, stamps.size());
  }

 private:
  static constexpr std::uint32_t kInline = 1;
  const Stamp* data() const { return heap_ ? heap_.get() : inline_.data(); }
  Stamp* data() { return heap_ ? heap_.get() : inline_.data(); }

  std::unique_ptr<Stamp[]> heap_;
  std::array<Stamp, kInline> inline_;
  std::uint32_t begin_ = 0;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = kInline;
};

// event_count: the last events, no more than the condition can tell apart.
class CountState {
 public:
  void forget_before(std::int64_t start) {
    while (stamps_.size() != 0 && stamps_[0].time < start) stamps_.drop_front();
  }
  void add(const Sample& sample, const WindowSettings& settings) {
    stamps_.push(sample.stamp, settings.most_counted);
  }
  bool holds(const WindowSettings& settings) const { return settings.counts(stamps_.size()); }
  void list(std::vector<std::uint64_t>& events) const {
    for (std::size_t i = 0; i < stamps_.size(); ++i) events.push_back(stamps_[i].event);
  }
  void measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
               Measurement& measured) const {
    measured.value = counted(stamps_.size());
  }
  template <typename Archive>
  void exchange(Archive& archive) {
    stamps_.exchange(archive);
  }
  bool is_sound(const WindowSettings& /*settings*/) const { return true; }

 private:
  StampRing stamps_;
};

// value_count: the values seen last, each with its last event. Were more in the window than the
// condition can tell apart, the latest of them would still be so many: an older one is not missed.
class DistinctState {
 public:
  void forget_before(std::int64_t start);
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& settings) const { return settings.counts(values_.size()); }
  void list(std::vector<std::uint64_t>& events) const;
  void measure(const Sample& /*sample*/, const WindowSettings& /*settings*/,
               Measurement& measured) const {
    measured.value = counted(values_.size());
  }
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.list(values_);
  }
  bool is_sound(const WindowSettings& /*settings*/) const { return true; }

 private:
  struct Value {
    Hash128 value;
    Stamp last;
    template <typename Archive>
    void exchange(Archive& archive) {
      archive.number(value.high);
      archive.number(value.low);
      last.exchange(archive);
    }
  };
  std::vector<Value> values_;  // the one seen last stands last
};

// temporal: for each rule its last event.
class PresenceState {
 public:
  void forget_before(std::int64_t start);
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& settings) const;
  void list(std::vector<std::uint64_t>& events) const;
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  std::uint64_t present() const { return present_; }  // bit i: rule i
  template <typename Archive>
  void exchange(Archive& archive) {
    archive.number(present_);
    archive.list(last_);
  }
  bool is_sound(const WindowSettings& settings) const;

 private:
  std::uint64_t present_ = 0;  // rules with an event in the window
  std::vector<Stamp> last_;    // by rule
};

// temporal_ordered: sequences of distinct events, each of a later rule of the list than the one
// before. Of all sequences that may yet decide, the one that began last is kept: those that end in
// rule i with so many events or, where a written condition asks which rules they are, those of one
// set of rules.
class SequenceState {
 public:
  void forget_before(std::int64_t start);
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& settings) const;
  void list(std::vector<std::uint64_t>& events) const;
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    presence_.exchange(archive);
    archive.list(sequences_);
  }
  bool is_sound(const WindowSettings& settings) const;

 private:
  struct Sequence {
    std::uint64_t rules = 0;    // the set; in counting only its last rule and its size matter
    std::vector<Stamp> stamps;  // in their order
    template <typename Archive>
    void exchange(Archive& archive) {
      archive.number(rules);
      archive.list(stamps);
    }
  };
  void keep(Sequence sequence, bool by_set);
  std::size_t longest() const;  // of the sequences, in events

  PresenceState presence_;
  std::vector<Sequence> sequences_;
};

// value_sum, value_avg, value_percentile, value_median: the numbers in the window.
class AmountState {
 public:
  void forget_before(std::int64_t start);
  void add(const Sample& sample, const WindowSettings& settings);
  bool holds(const WindowSettings& settings) const;
  void list(std::vector<std::uint64_t>& events) const;
  void measure(const Sample& sample, const WindowSettings& settings, Measurement& measured) const;
  template <typename Archive>
  void exchange(Archive& archive) {
    std::vector<Measured> window(window_.begin() + static_cast<std::ptrdiff_t>(begin_),
                                 window_.end());
    archive.list(window);
    if (!Archive::kReads) return;
    *this = {};
    restore(std::move(window));
  }
  bool is_sound(const WindowSettings& settings) const;

 private:
  struct Measured {
    Stamp stamp;
    plan::Amount amount = 0;
    bool is_sorted = false;  // for percentiles: it stands in sorted_ too
    template <typename Archive>
    void exchange(Archive& archive) {
      stamp.exchange(archive);
      archive.amount(amount);
      archive.flag(is_sorted);
    }
  };
  void take(const Measured& measured, bool sorts);
  void restore(std::vector<Measured> window);
  void drop_front();
  std::size_t size() const { return window_.size() - begin_; }

  std::vector<Measured> window_;  // from begin_ on, in order of time
  std::size_t begin_ = 0;
  plan::Amount sum_ = 0;
  std::vector<plan::Amount> sorted_;
};

// A condition over rules: `asserted` are those that hold, and `present` those in the window, by
// which the negated ones are judged (plan/reference_correlator.cc).
bool rules_hold(const sigma::Expression& expression, std::uint64_t asserted, std::uint64_t present);

}  // namespace nepho::detect
