// Correlations are asked in the order in which they build on each other, each at most once an
// event: what one of them completes arrives, with the same event, at those above it.
#include "detect/correlator.h"

#include <algorithm>

#include "detect/correlation_node.h"
#include "text/fold.h"

namespace nepho::detect {
namespace {

using Column = std::optional<std::string_view>;

// A text that no other row of values gives: each with its length in front, the last without.
void append_key(const CorrelationInput& input, const std::vector<std::uint32_t>& columns,
                std::string& key) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& value = input.columns[columns[i]];
    if (i + 1 < columns.size()) {
      const auto size = value ? static_cast<std::uint32_t>(value->size() + 1) : 0;
      key.append(reinterpret_cast<const char*>(&size), sizeof size);
    } else if (!value) {
      key += '\xFF';  // in no UTF-8
      return;
    }
    if (value) key.append(*value);
  }
}

Correlator::Node::Groups groups_for(sigma::CorrelationType type, HashKey hash_key) {
  switch (type) {
    case sigma::CorrelationType::kEventCount: return GroupTable<CountState>(hash_key);
    case sigma::CorrelationType::kValueCount: return GroupTable<DistinctState>(hash_key);
    case sigma::CorrelationType::kTemporal: return GroupTable<PresenceState>(hash_key);
    case sigma::CorrelationType::kTemporalOrdered: return GroupTable<SequenceState>(hash_key);
    case sigma::CorrelationType::kNewValue: return GroupTable<NewValueState>(hash_key);
    case sigma::CorrelationType::kBurst: return GroupTable<BurstState>(hash_key);
    case sigma::CorrelationType::kVolume: return GroupTable<VolumeState>(hash_key);
    case sigma::CorrelationType::kRare: return GroupTable<RareState>(hash_key);
    case sigma::CorrelationType::kVelocity: return GroupTable<VelocityState>(hash_key);
    default: return GroupTable<AmountState>(hash_key);
  }
}

// Whether each event is judged by itself, as `holds` then says.
template <typename State>
concept JudgesEvents = requires { State::kJudgesEvents; };

}  // namespace

Correlator::Node::Node(const plan::CorrelationNode& node, const Limits& limits, HashKey hash_key)
    : node_(node),
      settings_(*node.correlation),
      max_groups_(limits.max_groups_per_correlation),
      max_events_(limits.max_events_per_finding),
      hash_key_(hash_key),
      groups_(groups_for(node.correlation->type, hash_key)) {
  settings_.most_values = limits.max_values_per_group;
  settings_.values_left_out = &counters_.values_left;
  settings_.without_weeks = &counters_.without_weeks;
}

void Correlator::Node::add(const CorrelationEvent& event, std::span<const Arrival> arrivals,
                           std::vector<Correlated>& found,
                           std::vector<const CorrelationInput*>& found_through) {
  num_entries_ = 0;
  for (const Arrival& arrival : arrivals) take(event, arrival);
  now_ = std::max(now_, event.time.time_since_epoch().count());
  for (std::size_t i = 0; i < num_entries_; ++i) {
    Entry& entry = entries_[i];
    measure(entry);
    Correlated correlated{node_.rule, entry.from->base, {}, {}, {}};
    const bool completes =
        std::visit([&](auto& groups) { return step(groups, entry, correlated); }, groups_);
    if (!completes) continue;
    for (const std::uint32_t column : entry.columns->group)
      correlated.group.emplace_back(entry.from->columns[column]);
    name_values(entry, correlated.measured);
    found.push_back(std::move(correlated));
    found_through.push_back(entry.from);
  }
}

// Some hundred bytes each, where a core has one or two MiB of cache. With 10,000 groups to look
// ahead cost 9 % (bench/correlation.cc).
bool Correlator::Node::has_many_groups() const {
  constexpr std::size_t kMany = 32'768;
  return std::visit([](const auto& groups) { return groups.size() > kMany; }, groups_);
}

std::uint64_t Correlator::Node::fetch_place(std::size_t input, const CorrelationInput& from) {
  key_.clear();
  append_key(from, node_.inputs[input].columns_of(from.base)->group, key_);
  const std::uint64_t hash = hash_key_.hash64(key_);
  std::visit([&](const auto& groups) { groups.prefetch(hash); }, groups_);
  return hash;
}

void Correlator::Node::fetch_group(std::uint64_t hash) {
  std::visit([&](auto& groups) { groups.prefetch_group(hash); }, groups_);
}

// An event that comes in through several inputs is one event of the group; what is measured of it
// is what the first of them names.
void Correlator::Node::take(const CorrelationEvent& event, const Arrival& arrival) {
  const plan::InputColumns* columns = node_.inputs[arrival.input].columns_of(arrival.from->base);
  key_.clear();
  append_key(*arrival.from, columns->group, key_);
  std::size_t at = 0;
  while (at < num_entries_ && entries_[at].key != key_) ++at;
  if (at == num_entries_) {
    if (entries_.size() == num_entries_) entries_.emplace_back();
    ++num_entries_;
    Entry& entry = entries_[at];
    entry.key = key_;
    entry.sample = {{event.time.time_since_epoch().count(), event.number}, 0, {}, {}, false, {}};
    entry.from = arrival.from;
    entry.columns = columns;
  }
  entries_[at].sample.rules |= std::uint64_t{1} << arrival.input;
}

void Correlator::Node::measure(Entry& entry) {
  const auto& values = entry.columns->values;
  const auto& denied = entry.columns->denied;
  entry.sample.is_denied = denied && entry.from->columns[*denied];
  const sigma::CorrelationType type = node_.correlation->type;
  if (type == sigma::CorrelationType::kVolume && values.empty()) {
    entry.sample.amount = plan::kOne;
  } else if (type == sigma::CorrelationType::kVelocity) {
    const auto number = [&](std::uint32_t column) {
      const Column& value = entry.from->columns[column];
      return value ? plan::amount_of(*value) : std::nullopt;
    };
    entry.sample.coordinates = plan::coordinates_of(number(values[0]), number(values[1]));
  } else if (sigma::is_numeric(type) || type == sigma::CorrelationType::kVolume) {
    const Column& value = entry.from->columns[values[0]];
    if (value) entry.sample.amount = plan::amount_of(*value);
  } else if (sigma::tells_values_apart(type)) {
    std::string tuple;
    for (const std::uint32_t column : values) {
      const Column& value = entry.from->columns[column];
      if (!value) return;
      const std::string folded = text::fold_case(*value);
      const std::size_t size = folded.size();
      tuple.append(reinterpret_cast<const char*>(&size), sizeof size);
      tuple += folded;
    }
    entry.sample.value = hash_key_.hash128(tuple);
  }
}

// Where a value by itself is what was found.
void Correlator::Node::name_values(const Entry& entry, Measurement& measured) const {
  const sigma::CorrelationType type = node_.correlation->type;
  if (type != sigma::CorrelationType::kNewValue && type != sigma::CorrelationType::kRare) return;
  for (const std::uint32_t column : entry.columns->values)
    measured.values.emplace_back(entry.from->columns[column].value_or(""));
}

// The group, a new one where there is none. Before a new one is made those that nothing can come
// back to go, and if that is not enough the one that was quiet longest.
template <typename State>
Group<State>& Correlator::Node::group_of(GroupTable<State>& groups, const std::string& key) {
  const std::uint64_t hash = groups.hash(key);
  if (Group<State>* known = groups.find(key, hash)) {
    groups.touch(*known);
    return *known;
  }
  const std::int64_t start = earlier_by(now_, settings_.remembered);
  while (groups.size() != 0 && groups.oldest().last < start) groups.remove_oldest();
  while (groups.size() >= max_groups_) {
    groups.remove_oldest();
    ++counters_.groups_left;
  }
  Group<State>& group = groups.add(key, hash);
  group.last = kNever;
  return group;
}

// Whether the condition becomes true with this event; then what is behind it is filled in.
template <typename State>
bool Correlator::Node::step(GroupTable<State>& groups, Entry& entry, Correlated& correlated) {
  Group<State>& group = group_of(groups, entry.key);
  std::int64_t& time = entry.sample.stamp.time;
  if (time < group.last) {
    time = group.last;
    ++counters_.late;
  }
  const std::int64_t start = earlier_by(time, settings_.remembered);
  if (group.last < start) {
    group.holds = false;
    if constexpr (JudgesEvents<State>) group.state = {};
  }
  group.state.forget_before(start);
  group.state.add(entry.sample, settings_);
  group.last = time;
  const bool held = group.holds && !JudgesEvents<State>;
  group.holds = group.state.holds(settings_);
  if (!group.holds || held) return false;
  group.state.measure(entry.sample, settings_, correlated.measured);
  std::vector<std::uint64_t>& events = correlated.events;
  group.state.list(events);
  const std::uint64_t completing = entry.sample.stamp.event;
  std::erase(events, completing);
  std::ranges::sort(events);
  const auto repeats = std::ranges::unique(events);
  events.erase(repeats.begin(), repeats.end());
  if (events.size() >= max_events_) {
    const auto surplus = static_cast<std::ptrdiff_t>(events.size() + 1 - max_events_);
    events.erase(events.begin(), events.begin() + surplus);
  }
  events.push_back(completing);
  return true;
}

Correlator::Correlator(const plan::CorrelationPlan& plan, const Limits& limits, HashKey hash_key)
    : plan_(plan),
      hash_key_(hash_key),
      fed_by_base_(plan.num_bases()),
      fed_by_node_(plan.nodes().size()) {
  for (const plan::CorrelationNode& node : plan.nodes()) {
    const auto number = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(std::make_unique<Node>(node, limits, hash_key));
    for (std::uint32_t i = 0; i < node.inputs.size(); ++i) {
      const auto& input = node.inputs[i];
      auto& fed = input.node ? fed_by_node_[*input.node] : fed_by_base_[plan.base_of(input.rule)];
      fed.push_back({number, i});
    }
  }
}

Correlator::~Correlator() = default;

// Kept in order, which is mostly the order of arrival.
void Correlator::arrive(Arrival arrival) {
  const auto key = [](const Arrival& each) { return std::pair(each.node, each.input); };
  auto at = arrivals_.end();
  while (at != arrivals_.begin() && key(*(at - 1)) > key(arrival)) --at;
  arrivals_.insert(at, arrival);
}

void Correlator::look_ahead(std::span<const CorrelationEvent> events) {
  const auto has_many = [](const auto& node) { return node->has_many_groups(); };
  if (std::ranges::none_of(nodes_, has_many)) return;
  ahead_.clear();
  for (const CorrelationEvent& event : events) {
    for (const CorrelationInput& input : event.inputs) {
      for (const auto& [node, of_node] : fed_by_base_[input.base]) {
        if (!nodes_[node]->has_many_groups()) continue;
        ahead_.push_back({node, nodes_[node]->fetch_place(of_node, input)});
      }
    }
  }
  for (const Ahead& ahead : ahead_) nodes_[ahead.node]->fetch_group(ahead.hash);
}

void Correlator::add(const CorrelationEvent& event, std::vector<Correlated>& found) {
  arrivals_.clear();
  for (const CorrelationInput& input : event.inputs) {
    for (const Feeds& feeds : fed_by_base_[input.base]) arrive({feeds.node, feeds.input, &input});
  }
  for (std::size_t begin = 0; begin < arrivals_.size();) {
    const std::size_t node = arrivals_[begin].node;
    of_node_.clear();
    while (begin < arrivals_.size() && arrivals_[begin].node == node)
      of_node_.push_back(arrivals_[begin++]);
    through_.clear();
    nodes_[node]->add(event, of_node_, found, through_);
    // Correlations above it have higher numbers: they are still to come.
    for (const CorrelationInput* from : through_) {
      for (const Feeds& feeds : fed_by_node_[node]) arrive({feeds.node, feeds.input, from});
    }
  }
}

CorrelationCounters Correlator::counters() const {
  CorrelationCounters sum;
  for (const auto& node : nodes_) {
    sum.groups_left += node->counters().groups_left;
    sum.values_left += node->counters().values_left;
    sum.without_weeks += node->counters().without_weeks;
    sum.late += node->counters().late;
  }
  return sum;
}

}  // namespace nepho::detect
