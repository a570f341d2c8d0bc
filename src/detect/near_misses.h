// Rules that never fired in a run although their event came: what else they asked for, and what was
// there instead.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "detect/record_watch.h"
#include "plan/near_miss.h"
#include "plan/plan.h"

namespace nepho::detect {

// A test that kept a rule from firing.
struct Fault {
  std::string field;              // as the rule writes it; empty for a keyword
  std::string wanted;             // of the rule
  std::size_t line = 0;           // of the test, in the rule's file
  std::uint64_t num_events = 0;   // of those looked at in which it failed
  std::vector<std::string> seen;  // what was there, each once, the commonest first; untrusted
};

struct SilentRule {
  std::uint32_t rule = 0;        // index into plan.rules()
  std::uint64_t num_events = 0;  // that had the names it asks for; copies of one event included
  std::uint64_t num_looked_at = 0;
  EventPlace first;           // of an event that was looked at
  std::vector<Fault> faults;  // the one that failed most often first, at most kMostFaults
};

// One for each shard, joined at the end. Looks closely, with the reference evaluator, only at the
// first kMostLookedAt events of a rule by their place, so that what it says depends on the input
// and not on the number of threads; to the others it costs a look-up by the event's names, a
// fraction of a microsecond. Memory: some 10 KB a rule that does not fire.
class NearMisses : public RecordWatch {
 public:
  static constexpr std::size_t kMostLookedAt = 20;
  static constexpr std::size_t kMostFaults = 5;
  static constexpr std::size_t kMostSeen = 5;

  // The plan must outlive it. Without log sources (PlanOptions::ignore_logsource) it sees nothing.
  explicit NearMisses(const plan::Plan& plan);

  void saw(const WatchedRecord& record) override;
  void join(NearMisses& other);

  // In the order of the rules.
  std::vector<SilentRule> silent_rules() const;

 private:
  // Events with the same names: how many, and which rules ask for them by name.
  struct Kind {
    std::uint64_t num_events = 0;
    std::vector<std::uint32_t> rules;  // indices into plan.rules()
  };
  using Samples = std::map<EventPlace, std::vector<plan::Unmet>>;

  // Null for the kinds beyond those that are told apart.
  Kind* kind_of(const WatchedRecord& record);
  void look_at(const WatchedRecord& record, const std::vector<std::uint32_t>& rules);
  bool wants(std::uint32_t rule, const EventPlace& place) const;

  const plan::Plan* plan_;
  std::vector<std::unordered_map<std::string, Kind>> kinds_;  // by source plan, then names
  std::vector<bool> has_fired_;                               // by rule
  std::vector<Samples> samples_;                              // by rule
  std::vector<event::RawValue> values_;
  std::string key_;
};

}  // namespace nepho::detect
