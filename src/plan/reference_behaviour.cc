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

using Judged = std::optional<StandsOut>;

Judged new_value(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  if (!now.values || now.time - history.front().time < correlation.timespan) return std::nullopt;
  const bool is_known =
      std::ranges::any_of(history.first(history.size() - 1), [&](const auto& earlier) {
        const auto& memory = correlation.behaviour.memory;
        return earlier.values == now.values && (!memory || now.time - earlier.time <= *memory);
      });
  return is_known ? std::nullopt : Judged(StandsOut{});
}

// The last event if it is rare, whatever was found before it.
Judged rare(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  if (!now.values || now.time - history.front().time < correlation.timespan) return std::nullopt;
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
  const Amount count = known[*now.values].count * kOne;
  if (total < static_cast<std::int64_t>(correlation.behaviour.minimum) ||
      !meets(correlation.thresholds, count, total))
    return std::nullopt;
  return StandsOut{ratio_of(count, total)};
}

Judged first_rare(const Correlation& correlation, History history) {
  const Judged found = rare(correlation, history);
  if (!found) return std::nullopt;
  const BehaviourSample& now = history.back();
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    if (history[i].values != now.values) continue;
    const auto& memory = correlation.behaviour.memory;
    const bool is_forgotten = memory && now.time - history[i].time > *memory;
    return is_forgotten || !rare(correlation, history.first(i + 1)) ? found : std::nullopt;
  }
  return found;
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

// The last event if it takes its window to the limits, whatever was found in it before.
Judged high(const Correlation& correlation, History history) {
  if (!measured(correlation, history.back())) return std::nullopt;
  std::map<std::int64_t, Amount> totals;
  for (const BehaviourSample& sample : history)
    totals[window_of(correlation, sample)] += measured(correlation, sample).value_or(0);
  const std::int64_t now = totals.rbegin()->first;
  const std::int64_t most = *correlation.behaviour.memory / correlation.timespan;
  std::vector<Amount> before;
  for (std::int64_t window = std::max(totals.begin()->first, now - most); window < now; ++window)
    before.push_back(totals[window]);
  if (before.size() < correlation.behaviour.minimum) return std::nullopt;
  constexpr std::chrono::seconds kWeek = std::chrono::days(7);
  const bool fits = kWeek % correlation.timespan == std::chrono::seconds(0);
  const auto windows_a_week = fits ? static_cast<std::size_t>(kWeek / correlation.timespan) : 0;
  const Baseline baseline = baseline_of(before, windows_a_week, !correlation.fields.empty());
  const Amount score = amount_of(baseline.score(totals[now]));
  return meets(correlation.thresholds, score) ? Judged(StandsOut{score}) : std::nullopt;
}

Judged first_high(const Correlation& correlation, History history) {
  const Judged found = high(correlation, history);
  if (!found) return std::nullopt;
  const std::int64_t now = window_of(correlation, history.back());
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    if (window_of(correlation, history[i]) != now) break;
    if (high(correlation, history.first(i + 1))) return std::nullopt;
  }
  return found;
}

std::optional<Coordinates> coordinates(const BehaviourSample& sample) {
  if (!sample.values) return std::nullopt;
  return coordinates_of(amount_of(sample.values->at(0)), amount_of(sample.values->at(1)));
}

Judged too_fast(const Correlation& correlation, History history) {
  const BehaviourSample& now = history.back();
  const auto to = coordinates(now);
  if (!to) return std::nullopt;
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    const auto from = coordinates(history[i]);
    if (!from) continue;
    const std::chrono::nanoseconds took = now.time - history[i].time;
    if (took > correlation.timespan) return std::nullopt;
    const double distance = distance_km(*from, *to);
    const Amount speed = amount_of(speed_kmh(distance, took.count()));
    if (distance < correlation.behaviour.distance_km || !meets(correlation.thresholds, speed))
      return std::nullopt;
    return took.count() == 0 ? StandsOut{} : StandsOut{speed};
  }
  return std::nullopt;
}

}  // namespace

std::optional<StandsOut> stands_out(const Correlation& correlation, History history) {
  history = since_long_quiet(correlation, history);
  switch (correlation.type) {
    case CorrelationType::kNewValue: return new_value(correlation, history);
    case CorrelationType::kVolume: return first_high(correlation, history);
    case CorrelationType::kRare: return first_rare(correlation, history);
    case CorrelationType::kVelocity: return too_fast(correlation, history);
    default: return std::nullopt;
  }
}

}  // namespace nepho::plan
