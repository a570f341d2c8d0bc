#include "sigma/correlation.h"

#include <algorithm>
#include <array>

namespace nepho::sigma {
namespace {

constexpr auto kTypes =
    std::to_array<std::string_view>({"event_count", "value_count", "temporal", "temporal_ordered",
                                     "value_sum", "value_avg", "value_percentile", "value_median",
                                     "x_new_value", "x_burst", "x_volume", "x_rare", "x_velocity"});
// In the order of Threshold::Relation.
constexpr auto kRelations =
    std::to_array<std::string_view>({"gt", "gte", "lt", "lte", "eq", "neq"});

}  // namespace

std::span<const std::string_view> correlation_types() { return kTypes; }

std::string_view to_string(CorrelationType type) { return kTypes[static_cast<std::size_t>(type)]; }

std::span<const std::string_view> threshold_relations() { return kRelations; }

std::string_view to_string(Threshold::Relation relation) {
  return kRelations[static_cast<std::size_t>(relation)];
}

const std::string* CorrelationAlias::field_of(std::size_t target) const {
  const auto found = std::ranges::find_if(
      fields, [&](const auto& each) { return each.first.target == std::optional(target); });
  return found == fields.end() ? nullptr : &found->second;
}

const CorrelationAlias* Correlation::find_alias(std::string_view name) const {
  const auto found = std::ranges::find(aliases, name, &CorrelationAlias::name);
  return found == aliases.end() ? nullptr : &*found;
}

}  // namespace nepho::sigma
