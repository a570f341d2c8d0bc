#include "plan/reference_correlator.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "plan/amount.h"
#include "plan/reference_behaviour.h"
#include "text/fold.h"

namespace nepho::plan {
namespace {

using sigma::Correlation;
using sigma::CorrelationType;
using sigma::Expression;
using sigma::Rule;

using Group = std::vector<std::optional<std::string>>;
using RuleSet = std::set<std::size_t>;  // of places in Correlation::rules

// That a rule holds for an event, or that a correlation was completed by it. The latter came about
// through a base rule, whose field names its events go by.
struct Hit {
  std::size_t event = 0;
  std::uint32_t base = 0;
};

// An event in the history of one group.
struct Entry {
  std::size_t event = 0;
  RuleSet inputs;           // that it came in through
  std::uint32_t first = 0;  // base rule of the first of them
};

class ReferenceCorrelator {
 public:
  ReferenceCorrelator(const std::vector<Rule>& rules, const std::vector<ReferenceEvent>& events)
      : rules_(rules), events_(events) {
    for (std::uint32_t i = 0; i < rules.size(); ++i) by_number_[rules[i].number] = i;
    for (std::size_t event = 0; event < events.size(); ++event) {
      for (const std::uint32_t rule : events[event].rules) hits_[rule].push_back({event, rule});
    }
  }

  std::vector<ReferenceFinding> run() {
    for (std::uint32_t i = 0; i < rules_.size(); ++i) settle(i);
    return std::move(findings_);
  }

 private:
  // Recurses as deep as the chain; rules come from tests.
  void settle(std::uint32_t rule) {
    if (!rules_[rule].correlation || !settled_.insert(rule).second) return;
    for (const auto& reference : rules_[rule].correlation->rules) settle(index_of(reference));
    correlate(rule);
  }

  std::uint32_t index_of(const sigma::RuleReference& reference) const {
    return by_number_.at(*reference.target);
  }

  // The name that a field of the correlation has in events of `base` that come in through `input`.
  std::string field_in(std::uint32_t rule, std::size_t input, std::string field,
                       std::uint32_t base) const {
    const Correlation& correlation = *rules_[rule].correlation;
    if (const auto* alias = correlation.find_alias(field)) {
      if (const auto* other = alias->field_of(*correlation.rules[input].target)) field = *other;
    }
    const std::uint32_t below = index_of(correlation.rules[input]);
    if (!rules_[below].correlation) return field;
    const auto& ways = rules_[below].correlation->rules;
    for (std::size_t way = 0; way < ways.size(); ++way) {
      if (leads_to(index_of(ways[way]), base)) return field_in(below, way, field, base);
    }
    return field;
  }

  bool leads_to(std::uint32_t rule, std::uint32_t base) const {
    if (!rules_[rule].correlation) return rule == base;
    return std::ranges::any_of(rules_[rule].correlation->rules, [&](const auto& reference) {
      return leads_to(index_of(reference), base);
    });
  }

  std::vector<std::optional<std::string>> values(std::uint32_t rule, std::size_t input,
                                                 std::uint32_t base, std::size_t event,
                                                 const std::vector<std::string>& fields) const {
    std::vector<std::optional<std::string>> found;
    for (const std::string& field : fields)
      found.push_back(events_[event].field(field_in(rule, input, field, base)));
    return found;
  }

  // Event by event, group by group.
  void correlate(std::uint32_t rule) {
    const Correlation& correlation = *rules_[rule].correlation;
    std::map<Group, std::vector<Entry>> histories;
    std::map<Group, bool> held;
    for (std::size_t event = 0; event < events_.size(); ++event) {
      std::vector<std::pair<Group, Entry>> entries;
      for (std::size_t input = 0; input < correlation.rules.size(); ++input)
        add_entries(rule, input, event, entries);
      for (auto& [group, entry] : entries) {
        auto& history = histories[group];
        if (sigma::judges_events(correlation.type)) {
          history.push_back(entry);
          if (const auto judged = stands_out(correlation, samples(rule, history)))
            found(rule, group, event, entry.first, history, judged->value);
          continue;
        }
        // Where nothing was left in the window the condition cannot have held any more.
        if (window(history, correlation, event).empty()) held[group] = false;
        history.push_back(entry);
        const auto in_window = window(history, correlation, event);
        const bool holds = this->holds(rule, in_window);
        if (holds && !held[group])
          found(rule, group, event, entry.first, in_window, value_in(rule, in_window));
        held[group] = holds;
      }
    }
  }

  // One entry a group: an event counts once, whichever rules brought it.
  void add_entries(std::uint32_t rule, std::size_t input, std::size_t event,
                   std::vector<std::pair<Group, Entry>>& entries) const {
    const Correlation& correlation = *rules_[rule].correlation;
    const auto hits = hits_.find(index_of(correlation.rules[input]));
    if (hits == hits_.end()) return;
    for (const Hit& hit : hits->second) {
      if (hit.event != event) continue;
      const Group group = values(rule, input, hit.base, event, correlation.group_by);
      auto same = std::ranges::find(entries, group, [](const auto& each) { return each.first; });
      if (same == entries.end())
        same = entries.insert(entries.end(), {group, Entry{event, {}, hit.base}});
      same->second.inputs.insert(input);
    }
  }

  // Row "correlation window": not older than the timespan, the bound included.
  std::vector<Entry> window(const std::vector<Entry>& history, const Correlation& correlation,
                            std::size_t event) const {
    std::vector<Entry> in_window;
    for (const Entry& entry : history) {
      if (events_[entry.event].time >= events_[event].time - correlation.timespan)
        in_window.push_back(entry);
    }
    return in_window;
  }

  void found(std::uint32_t rule, const Group& group, std::size_t event, std::uint32_t base,
             const std::vector<Entry>& in_window, std::optional<Amount> value) {
    ReferenceFinding finding{rule, group, event, {}, value};
    for (const Entry& entry : in_window) finding.window.push_back(entry.event);
    findings_.push_back(std::move(finding));
    hits_[rule].push_back({event, base});
  }

  bool holds(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    const Correlation& correlation = *rules_[rule].correlation;
    switch (correlation.type) {
      case CorrelationType::kEventCount: return counts(correlation, in_window.size());
      case CorrelationType::kValueCount: return counts(correlation, tuples(rule, in_window).size());
      case CorrelationType::kBurst: return is_burst(rule, in_window);
      case CorrelationType::kTemporal: return temporal_holds(correlation, in_window);
      case CorrelationType::kTemporalOrdered: return ordered_holds(correlation, in_window);
      default: return numbers_hold(rule, in_window);
    }
  }

  // What the limits were held against, where the condition has limits.
  std::optional<Amount> value_in(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    const Correlation& correlation = *rules_[rule].correlation;
    const auto counted = [](std::size_t count) { return static_cast<Amount>(count) * kOne; };
    if (correlation.expression) return std::nullopt;
    switch (correlation.type) {
      case CorrelationType::kEventCount: return counted(in_window.size());
      case CorrelationType::kValueCount:
      case CorrelationType::kBurst: return counted(tuples(rule, in_window).size());
      case CorrelationType::kTemporal: return counted(present_in(in_window).size());
      case CorrelationType::kTemporalOrdered: return counted(longest(sequences(in_window)));
      default: return number_in(rule, in_window);
    }
  }

  std::optional<Amount> number_in(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    const Correlation& correlation = *rules_[rule].correlation;
    std::vector<Amount> amounts = this->amounts(rule, in_window);
    if (amounts.empty()) return std::nullopt;
    const Amount sum = std::accumulate(amounts.begin(), amounts.end(), Amount{0});
    if (correlation.type == CorrelationType::kValueSum) return sum;
    if (correlation.type == CorrelationType::kValueAverage)
      return ratio_of(sum, static_cast<std::int64_t>(amounts.size()));
    std::ranges::sort(amounts);
    return percentile_of(amounts, correlation.percentile);
  }

  static bool counts(const Correlation& correlation, std::size_t count) {
    return meets(correlation.thresholds, static_cast<Amount>(count) * kOne);
  }

  // Row "correlation values": distinct without regard to case; one with a missing part is none.
  std::set<std::vector<std::string>> tuples(std::uint32_t rule,
                                            const std::vector<Entry>& in_window) const {
    std::set<std::vector<std::string>> tuples;
    for (const Entry& entry : in_window) {
      std::vector<std::string> tuple;
      for (const auto& value : values_of(rule, entry)) {
        if (value) tuple.push_back(text::fold_case(*value));
      }
      if (tuple.size() == rules_[rule].correlation->fields.size()) tuples.insert(tuple);
    }
    return tuples;
  }

  // x_burst: as value_count, with a share of what was denied among the events that have a value.
  bool is_burst(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    const Correlation& correlation = *rules_[rule].correlation;
    Amount num_denied = 0;
    Amount num_events = 0;
    for (const Entry& entry : in_window) {
      const auto values = values_of(rule, entry);
      if (!std::ranges::all_of(values, [](const auto& value) { return value.has_value(); }))
        continue;
      ++num_events;
      const auto& behaviour = correlation.behaviour;
      if (behaviour.denials && this->values(rule, *entry.inputs.begin(), entry.first, entry.event,
                                            {behaviour.denied_field})[0])
        ++num_denied;
    }
    return counts(correlation, tuples(rule, in_window).size()) &&
           num_denied * kOne >= amount_of(correlation.behaviour.denials.value_or(0)) * num_events;
  }

  std::vector<std::optional<std::string>> values_of(std::uint32_t rule, const Entry& entry) const {
    return values(rule, *entry.inputs.begin(), entry.first, entry.event,
                  rules_[rule].correlation->fields);
  }

  std::vector<BehaviourSample> samples(std::uint32_t rule,
                                       const std::vector<Entry>& history) const {
    std::vector<BehaviourSample> samples;
    for (const Entry& entry : history) {
      BehaviourSample sample{events_[entry.event].time, std::vector<std::string>()};
      for (const auto& value : values_of(rule, entry)) {
        if (value && sample.values) {
          sample.values->push_back(text::fold_case(*value));
        } else {
          sample.values.reset();
        }
      }
      samples.push_back(std::move(sample));
    }
    return samples;
  }

  bool temporal_holds(const Correlation& correlation, const std::vector<Entry>& in_window) const {
    const RuleSet present = present_in(in_window);
    if (!correlation.expression) return counts(correlation, present.size());
    return holds(*correlation.expression, present, present, false);
  }

  static RuleSet present_in(const std::vector<Entry>& in_window) {
    RuleSet present;
    for (const Entry& entry : in_window) present.insert(entry.inputs.begin(), entry.inputs.end());
    return present;
  }

  // Row "correlation order": of all sequences of distinct events, each of a later rule of the list,
  // the longest counts; a written condition must hold for the rules of some sequence, where "not"
  // asks for a rule that is nowhere in the window.
  bool ordered_holds(const Correlation& correlation, const std::vector<Entry>& in_window) const {
    const std::set<RuleSet> sequences = this->sequences(in_window);
    if (!correlation.expression) return counts(correlation, longest(sequences));
    const RuleSet present = present_in(in_window);
    return std::ranges::any_of(sequences, [&](const RuleSet& sequence) {
      return holds(*correlation.expression, sequence, present, false);
    });
  }

  static std::set<RuleSet> sequences(const std::vector<Entry>& in_window) {
    std::set<RuleSet> sequences{RuleSet{}};
    for (const Entry& entry : in_window) {
      std::set<RuleSet> longer = sequences;
      for (const RuleSet& sequence : sequences) {
        for (const std::size_t input : entry.inputs) {
          if (!sequence.empty() && *sequence.rbegin() >= input) continue;
          RuleSet next = sequence;
          next.insert(input);
          longer.insert(next);
        }
      }
      sequences = longer;
    }
    return sequences;
  }

  static std::size_t longest(const std::set<RuleSet>& sequences) {
    std::size_t longest = 0;
    for (const RuleSet& sequence : sequences) longest = std::max(longest, sequence.size());
    return longest;
  }

  static bool holds(const Expression& expression, const RuleSet& asserted, const RuleSet& present,
                    bool is_negated) {
    const auto child_holds = [&](const Expression& child) {
      return holds(child, asserted, present, is_negated);
    };
    switch (expression.kind) {
      case Expression::Kind::kItem:
        return (is_negated ? present : asserted).contains(expression.item);
      case Expression::Kind::kNot:
        return !holds(expression.children[0], asserted, present, !is_negated);
      case Expression::Kind::kAnd: return std::ranges::all_of(expression.children, child_holds);
      case Expression::Kind::kOr: return std::ranges::any_of(expression.children, child_holds);
    }
    return false;
  }

  std::vector<Amount> amounts(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    std::vector<Amount> amounts;
    for (const Entry& entry : in_window) {
      const auto value = values_of(rule, entry).at(0);
      const auto amount = value ? amount_of(*value) : std::nullopt;
      if (amount) amounts.push_back(*amount);
    }
    return amounts;
  }

  // Without a number in the window nothing is summed, and no condition holds.
  bool numbers_hold(std::uint32_t rule, const std::vector<Entry>& in_window) const {
    const Correlation& correlation = *rules_[rule].correlation;
    std::vector<Amount> amounts = this->amounts(rule, in_window);
    if (amounts.empty()) return false;
    Amount sum = 0;
    for (const Amount amount : amounts) sum += amount;
    if (correlation.type == CorrelationType::kValueSum) return meets(correlation.thresholds, sum);
    if (correlation.type == CorrelationType::kValueAverage)
      return meets(correlation.thresholds, sum, static_cast<std::int64_t>(amounts.size()));
    std::ranges::sort(amounts);
    return meets(correlation.thresholds, percentile_of(amounts, correlation.percentile));
  }

  const std::vector<Rule>& rules_;
  const std::vector<ReferenceEvent>& events_;
  std::map<std::size_t, std::uint32_t> by_number_;
  std::map<std::uint32_t, std::vector<Hit>> hits_;  // by rule, in the order of the events
  std::set<std::uint32_t> settled_;
  std::vector<ReferenceFinding> findings_;
};

}  // namespace

std::vector<ReferenceFinding> correlate(const std::vector<Rule>& rules,
                                        const std::vector<ReferenceEvent>& events) {
  return ReferenceCorrelator(rules, events).run();
}

}  // namespace nepho::plan
