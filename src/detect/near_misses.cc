// A rule asks for an event by name when dispatch (plan/dispatch.h) leads to it and would not for
// every event. Which rules that are is worked out once for each row of names.
#include "detect/near_misses.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include "text/json.h"

namespace nepho::detect {
namespace {

// Rows of names told apart for each log source; attackers may make up more, which are passed over.
constexpr std::size_t kMostKinds = 1U << 16U;

// Counts how often each text is there, and gives the commonest, of equals the lesser.
class Commonest {
 public:
  void add(const std::string& text) { ++counts_[text]; }
  std::vector<std::string> take(std::size_t most) const {
    std::vector<std::pair<std::string, std::size_t>> all(counts_.begin(), counts_.end());
    std::ranges::stable_sort(all, std::ranges::greater{}, [](const auto& a) { return a.second; });
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) texts.push_back(all[i].first);
    return texts;
  }

 private:
  std::map<std::string, std::size_t> counts_;
};

std::vector<Fault> faults_of(const std::map<EventPlace, std::vector<plan::Unmet>>& samples) {
  using Key = std::tuple<std::size_t, std::string, std::string>;  // line, field, wanted
  std::map<Key, std::pair<Fault, Commonest>> faults;
  for (const auto& [place, unmet] : samples) {
    for (const plan::Unmet& test : unmet) {
      auto& [fault, seen] = faults[Key(test.line, test.field, test.wanted)];
      fault.field = test.field;
      fault.wanted = test.wanted;
      fault.line = test.line;
      ++fault.num_events;
      seen.add(test.seen);
    }
  }
  std::vector<Fault> all;
  for (auto& [key, counted] : faults) {
    counted.first.seen = counted.second.take(NearMisses::kMostSeen);
    all.push_back(std::move(counted.first));
  }
  std::ranges::stable_sort(all, std::ranges::greater{}, &Fault::num_events);
  if (all.size() > NearMisses::kMostFaults) all.resize(NearMisses::kMostFaults);
  return all;
}

}  // namespace

NearMisses::NearMisses(const plan::Plan& plan)
    : plan_(&plan),
      kinds_(plan.sources().size()),
      has_fired_(plan.rules().size(), false),
      samples_(plan.rules().size()) {}

void NearMisses::saw(const WatchedRecord& record) {
  for (const std::uint32_t rule : record.rules) has_fired_[rule] = true;
  if (plan_->sources()[record.source_plan]->source == nullptr) return;
  Kind* const kind = kind_of(record);
  if (kind == nullptr) return;
  ++kind->num_events;
  const bool is_wanted = std::ranges::any_of(
      kind->rules, [&](std::uint32_t rule) { return wants(rule, record.place); });
  if (is_wanted) look_at(record, kind->rules);
}

// Whether an event at this place is among the first of the rule.
bool NearMisses::wants(std::uint32_t rule, const EventPlace& place) const {
  if (has_fired_[rule]) return false;
  const Samples& samples = samples_[rule];
  return samples.size() < kMostLookedAt || place < samples.rbegin()->first;
}

NearMisses::Kind* NearMisses::kind_of(const WatchedRecord& record) {
  const plan::SourcePlan& source = *plan_->sources()[record.source_plan];
  key_.clear();
  std::vector<std::optional<std::string_view>> texts;
  for (const std::uint32_t slot : source.dispatch_slots) {
    values_.clear();
    record.view.resolve(source.slots[slot], values_);
    const bool is_plain = values_.size() == 1 && values_[0].type == text::JsonType::kString &&
                          values_[0].raw.find('\\') == std::string_view::npos;
    texts.emplace_back(values_.empty() ? std::optional(std::string_view{})
                       : is_plain      ? std::optional(values_[0].raw)
                                       : std::nullopt);
    key_ += texts.back() ? '=' : '?';
    key_ += texts.back().value_or("");
    key_ += '\n';  // stands in no raw JSON string
  }
  auto& kinds = kinds_[record.source_plan];
  const auto known = kinds.find(key_);
  if (known != kinds.end()) return &known->second;
  if (kinds.size() >= kMostKinds) return nullptr;
  Kind& kind = kinds[key_];
  for (const std::uint32_t candidate : source.dispatch->candidates(texts)) {
    for (std::size_t field = 0; field < texts.size(); ++field) {
      if (!texts[field] || !source.dispatch->required(candidate, field)) continue;
      kind.rules.push_back(source.rules[candidate]);
      break;
    }
  }
  return &kind;
}

void NearMisses::look_at(const WatchedRecord& record, const std::vector<std::uint32_t>& rules) {
  const auto document = text::JsonDocument::parse(std::string(record.view.source()));
  if (!document) return;
  const event::LogSource& source = *plan_->sources()[record.source_plan]->source;
  for (const std::uint32_t rule : rules) {
    if (!wants(rule, record.place)) continue;
    auto miss = plan::near_miss(plan_->rules()[rule], document->root(), source,
                                plan_->options().strict_fields);
    if (!miss) continue;
    Samples& samples = samples_[rule];
    samples.emplace(record.place, std::move(miss->unmet));
    if (samples.size() > kMostLookedAt) samples.erase(std::prev(samples.end()));
  }
}

void NearMisses::join(NearMisses& other) {
  for (std::size_t rule = 0; rule < samples_.size(); ++rule) {
    has_fired_[rule] = has_fired_[rule] || other.has_fired_[rule];
    samples_[rule].merge(other.samples_[rule]);
    while (samples_[rule].size() > kMostLookedAt)
      samples_[rule].erase(std::prev(samples_[rule].end()));
  }
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    for (auto& [key, kind] : other.kinds_[i]) {
      Kind& ours = kinds_[i][key];
      ours.num_events += kind.num_events;
      ours.rules = std::move(kind.rules);
    }
  }
}

std::vector<SilentRule> NearMisses::silent_rules() const {
  std::vector<std::uint64_t> num_events(samples_.size(), 0);
  for (const auto& kinds : kinds_) {
    for (const auto& [key, kind] : kinds) {
      for (const std::uint32_t rule : kind.rules) num_events[rule] += kind.num_events;
    }
  }
  std::vector<SilentRule> silent;
  for (std::uint32_t rule = 0; rule < samples_.size(); ++rule) {
    const Samples& samples = samples_[rule];
    if (has_fired_[rule] || samples.empty()) continue;
    silent.push_back(
        {rule, num_events[rule], samples.size(), samples.begin()->first, faults_of(samples)});
  }
  return silent;
}

}  // namespace nepho::detect
