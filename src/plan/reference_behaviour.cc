#include "plan/reference_behaviour.h"

#include <algorithm>
#include <map>

#include "plan/amount.h"
#include "plan/baseline.h"
#include "plan/distance.h"

namespace nepho::plan {
namespace {

using sigma::Correlation;
using sigma::CorrelationType;
using History = std::span<const BehaviourSample>;

// A group that was quiet for longer than the memory begins anew.
History since_long_quiet(const Correlation& correlation, History history) {
  if (!correlation.behaviour.memory) return history;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < history.size(); ++i) {
    if (history[i].time - history[i - 1].time > *correlation.behaviour.memory) begin = i;
  }
  return history.subspan(begin);
}

bool is_new_value(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  if (!now.values || now.time - history.front().time < correlation.timespan) return false;
  return std::ranges::none_of(history.first(history.size() - 1), [&](const auto& earlier) {
    const auto& memory = correlation.behaviour.memory;
    return earlier.values == now.values && (!memory || now.time - earlier.time <= *memory);
  });
}

// Whether the last event is rare, whatever was found before it.
bool is_rare(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  if (!now.values || now.time - history.front().time < correlation.timespan) return false;
  struct Sightings {
    std::int64_t count = 0;
    Instant last;
  };
  const auto& memory = correlation.behaviour.memory;
  std::map<std::vector<std::string>, Sightings> known;
  for (const BehaviourSample& sample : history.first(history.size() - 1)) {
    if (!sample.values) continue;
    Sightings& sightings = known[*sample.values];
    if (memory && sample.time - sightings.last > *memory) sightings.count = 0;
    ++sightings.count;
    sightings.last = sample.time;
  }
  std::int64_t total = 0;
  for (auto& [values, sightings] : known) {
    if (memory && now.time - sightings.last > *memory) sightings.count = 0;
    total += sightings.count;
  }
  return total >= static_cast<std::int64_t>(correlation.behaviour.minimum) &&
         meets(correlation.thresholds, known[*now.values].count * kOne, total);
}

bool is_first_rare(const Correlation& correlation, History history) {
  if (!is_rare(correlation, history)) return false;
  const BehaviourSample& now = history.back();
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    if (history[i].values != now.values) continue;
    const auto& memory = correlation.behaviour.memory;
    const bool is_forgotten = memory && now.time - history[i].time > *memory;
    return is_forgotten || !is_rare(correlation, history.first(i + 1));
  }
  return true;
}

std::int64_t window_of(const Correlation& correlation, const BehaviourSample& sample) {
  const std::chrono::nanoseconds timespan = correlation.timespan;
  return (sample.time.time_since_epoch() -
          ((sample.time.time_since_epoch() % timespan) + timespan) % timespan) /
         timespan;
}

std::optional<Amount> measured(const Correlation& correlation, const BehaviourSample& sample) {
  if (correlation.fields.empty()) return kOne;
  return sample.values ? amount_of(sample.values->at(0)) : std::nullopt;
}

// Whether the last event takes its window to the limits, whatever was found in it before.
bool is_high(const Correlation& correlation, History history) {
  if (!measured(correlation, history.back())) return false;
  std::map<std::int64_t, Amount> totals;
  for (const BehaviourSample& sample : history)
    totals[window_of(correlation, sample)] += measured(correlation, sample).value_or(0);
  const std::int64_t now = totals.rbegin()->first;
  const std::int64_t most = *correlation.behaviour.memory / correlation.timespan;
  std::vector<Amount> before;
  for (std::int64_t window = std::max(totals.begin()->first, now - most); window < now; ++window)
    before.push_back(totals[window]);
  if (before.size() < correlation.behaviour.minimum) return false;
  constexpr std::chrono::seconds kWeek = std::chrono::days(7);
  const bool fits = kWeek % correlation.timespan == std::chrono::seconds(0);
  const auto windows_a_week = fits ? static_cast<std::size_t>(kWeek / correlation.timespan) : 0;
  const Baseline baseline = baseline_of(before, windows_a_week, !correlation.fields.empty());
  return meets(correlation.thresholds, amount_of(baseline.score(totals[now])));
}

bool is_first_high(const Correlation& correlation, History history) {
  if (!is_high(correlation, history)) return false;
  const std::int64_t now = window_of(correlation, history.back());
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    if (window_of(correlation, history[i]) != now) break;
    if (is_high(correlation, history.first(i + 1))) return false;
  }
  return true;
}

std::optional<Coordinates> coordinates(const BehaviourSample& sample) {
  if (!sample.values) return std::nullopt;
  return coordinates_of(amount_of(sample.values->at(0)), amount_of(sample.values->at(1)));
}

bool is_too_fast(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  const auto to = coordinates(now);
  if (!to) return false;
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    const auto from = coordinates(history[i]);
    if (!from) continue;
    const std::chrono::nanoseconds took = now.time - history[i].time;
    if (took > correlation.timespan) return false;
    const double distance = distance_km(*from, *to);
    return distance >= correlation.behaviour.distance_km &&
           meets(correlation.thresholds, amount_of(speed_kmh(distance, took.count())));
  }
  return false;
}

}  // namespace

bool stands_out(const Correlation& correlation, History history) {
  history = since_long_quiet(correlation, history);
  switch (correlation.type) {
    case CorrelationType::kNewValue: return is_new_value(correlation, history);
    case CorrelationType::kVolume: return is_first_high(correlation, history);
    case CorrelationType::kRare: return is_first_rare(correlation, history);
    case CorrelationType::kVelocity: return is_too_fast(correlation, history);
    default: return false;
  }
}

}  // namespace nepho::plan
