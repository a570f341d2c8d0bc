// One correlation of a Correlator, with its groups. Only for the correlator and for what saves it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "detect/behaviour_state.h"
#include "detect/correlator.h"
#include "detect/group_table.h"
#include "detect/window_state.h"

namespace nepho::detect {

class Correlator::Node {
 public:
  Node(const plan::CorrelationNode& node, const Limits& limits, HashKey hash_key);
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const plan::CorrelationNode& plan() const { return node_; }

  // An event that came in through these inputs (all of this node, in rising order). Appends what it
  // completes.
  void add(const CorrelationEvent& event, std::span<const Arrival> arrivals,
           std::vector<Correlated>& found, std::vector<const CorrelationInput*>& found_through);

  // For Correlator::look_ahead(): whether its groups are too many to be in the cache anyway; the
  // hash of the group that an input is for, whose place is fetched; and the group.
  bool has_many_groups() const;
  std::uint64_t fetch_place(std::size_t input, const CorrelationInput& from);
  void fetch_group(std::uint64_t hash);

  const CorrelationCounters& counters() const { return counters_; }

  using Groups =
      std::variant<GroupTable<CountState>, GroupTable<DistinctState>, GroupTable<PresenceState>,
                   GroupTable<SequenceState>, GroupTable<AmountState>, GroupTable<NewValueState>,
                   GroupTable<BurstState>, GroupTable<VolumeState>, GroupTable<RareState>,
                   GroupTable<VelocityState>>;
  Groups& groups() { return groups_; }
  const WindowSettings& settings() const { return settings_; }
  std::size_t max_groups() const { return max_groups_; }
  // The latest time that was seen; nanoseconds since 1970.
  std::int64_t& now() { return now_; }

 private:
  // What one event means for one group.
  struct Entry {
    std::string key;
    Sample sample;
    const CorrelationInput* from = nullptr;
    const plan::InputColumns* columns = nullptr;
  };
  void take(const CorrelationEvent& event, const Arrival& arrival);
  void measure(Entry& entry);
  void name_values(const Entry& entry, Measurement& measured) const;
  template <typename State>
  bool step(GroupTable<State>& groups, Entry& entry, Correlated& correlated);
  template <typename State>
  Group<State>& group_of(GroupTable<State>& groups, const std::string& key);

  const plan::CorrelationNode& node_;
  WindowSettings settings_;
  std::size_t max_groups_;
  std::size_t max_events_;
  HashKey hash_key_;
  Groups groups_;
  CorrelationCounters counters_;
  std::int64_t now_ = kNever;
  std::vector<Entry> entries_;  // of this event; kept for their memory
  std::size_t num_entries_ = 0;
  std::string key_;
};

}  // namespace nepho::detect
