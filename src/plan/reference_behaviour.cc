#include "plan/reference_behaviour.h"

#include <algorithm>

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

}  // namespace

bool stands_out(const Correlation& correlation, History history) {
  history = since_long_quiet(correlation, history);
  switch (correlation.type) {
    case CorrelationType::kNewValue: return is_new_value(correlation, history);
    default: return false;
  }
}

}  // namespace nepho::plan
