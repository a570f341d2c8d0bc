// Runs the correlations of a plan over matches in the order of their times.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/keyed_hash.h"
#include "base/limits.h"
#include "detect/measurement.h"
#include "plan/correlation_plan.h"

namespace nepho::detect {

// A base rule that holds for an event, and the event's values in the rule's columns
// (CorrelationPlan::fields()): nothing where the field is missing or null.
struct CorrelationInput {
  std::uint32_t base = 0;
  std::vector<std::optional<std::string_view>> columns;
};

// An event for which one or more base rules hold.
struct CorrelationEvent {
  Instant time;
  std::uint64_t number = 0;  // its own, in this run; a later event has a higher one
  std::span<const CorrelationInput> inputs;
};

// A correlation whose condition has become true for a group.
struct Correlated {
  std::uint32_t rule = 0;                         // index into the rules of the run
  std::uint32_t base = 0;                         // through which the completing event came
  std::vector<std::optional<std::string>> group;  // by group-by field
  // Numbers of the events behind it, in rising order, the completing one last; at most
  // Limits.max_events_per_finding, the latest.
  std::vector<std::uint64_t> events;
  Measurement measured;
};

// What could not be done as it should, and how often.
struct CorrelationCounters {
  std::uint64_t groups_left = 0;  // groups pushed out by the bound on their number
  std::uint64_t values_left = 0;  // values pushed out of a window by the bound on theirs
  // Findings of x_volume whose baseline was of all times alike: too few weeks were known.
  std::uint64_t without_weeks = 0;
  std::uint64_t late = 0;  // events older than what their group had seen already
};

// Asked with every event in turn, by rising time; of equal times the order of the calls counts.
// What it answers is what plan/reference_correlator.h answers, as long as no bound of Limits is
// met.
//
// An event that is older than the last of its group (it can only come after a restored state)
// counts as if it had come with that one. One owner, no threads. Memory: detect/group_table.h, at
// most Limits.max_groups_per_correlation groups a correlation; a group whose window has run empty
// is forgotten.
class Correlator {
 public:
  Correlator(const plan::CorrelationPlan& plan, const Limits& limits, HashKey hash_key);
  ~Correlator();
  Correlator(const Correlator&) = delete;
  Correlator& operator=(const Correlator&) = delete;

  // Has the memory fetched that these events will touch, the next to be added: with millions of
  // groups each event waits for it, several wait at once. Changes nothing but the time.
  void look_ahead(std::span<const CorrelationEvent> events);
  // Appends what the event completes, in the order of the correlations.
  void add(const CorrelationEvent& event, std::vector<Correlated>& found);

  CorrelationCounters counters() const;
  HashKey hash_key() const { return hash_key_; }

  // One correlation with its groups; for saving and restoring.
  class Node;
  std::span<const std::unique_ptr<Node>> nodes() const { return nodes_; }

 private:
  // By correlation: which base rules, and through them which inputs, the event brings.
  struct Arrival {
    std::size_t node = 0;
    std::size_t input = 0;
    const CorrelationInput* from = nullptr;
  };
  void arrive(Arrival arrival);

  const plan::CorrelationPlan& plan_;
  HashKey hash_key_;
  std::vector<std::unique_ptr<Node>> nodes_;
  struct Feeds {
    std::uint32_t node = 0;
    std::uint32_t input = 0;
  };
  std::vector<std::vector<Feeds>> fed_by_base_;
  std::vector<std::vector<Feeds>> fed_by_node_;
  std::vector<Arrival> arrivals_;  // of this event, by node and input
  std::vector<Arrival> of_node_;
  std::vector<const CorrelationInput*> through_;
  struct Ahead {
    std::size_t node = 0;
    std::uint64_t hash = 0;
  };
  std::vector<Ahead> ahead_;
};

}  // namespace nepho::detect
