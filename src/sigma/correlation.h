// A Sigma correlation (specification 2.1): what several matches have to do with each other.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sigma/behaviour.h"
#include "sigma/item.h"
#include "sigma/logsource.h"

namespace nepho::sigma {

// In the order of the words of correlation_types(). value_percentile and value_median are pySigma's
// and the specification's; value_median is value_percentile at 50. From kNewValue on they are our
// own (sigma/behaviour.h).
enum class CorrelationType : std::uint8_t {
  kEventCount,
  kValueCount,
  kTemporal,
  kTemporalOrdered,
  kValueSum,
  kValueAverage,
  kValuePercentile,
  kValueMedian,
  kNewValue,
  kBurst,
  kVolume,
  kRare,
  kVelocity,
};

// "event_count", ... in the order of the enumeration.
std::span<const std::string_view> correlation_types();
std::string_view to_string(CorrelationType type);

// Whether it looks at which rules matched (temporal, temporal_ordered) and not at a number of
// events or values.
constexpr bool is_temporal(CorrelationType type) {
  return type == CorrelationType::kTemporal || type == CorrelationType::kTemporalOrdered;
}
// Whether it reads a field of the events as a number.
constexpr bool is_numeric(CorrelationType type) {
  return type >= CorrelationType::kValueSum && type <= CorrelationType::kValueMedian;
}
// Whether it is one of our own.
constexpr bool is_behaviour(CorrelationType type) { return type >= CorrelationType::kNewValue; }
// Whether it tells values of fields apart.
constexpr bool tells_values_apart(CorrelationType type) {
  return type == CorrelationType::kValueCount || type == CorrelationType::kNewValue ||
         type == CorrelationType::kBurst || type == CorrelationType::kRare;
}
// Whether it is decided event by event, each against what was before it; the others go by what
// stands in the window, and find something when that comes to meet the condition.
constexpr bool judges_events(CorrelationType type) {
  return type >= CorrelationType::kNewValue && type != CorrelationType::kBurst;
}
// Whether it is compared with whole numbers from 0 on.
constexpr bool is_count(CorrelationType type) {
  return type < CorrelationType::kValueSum || type == CorrelationType::kBurst;
}

// Limits on counts: an engine may have to keep so many events or values a group.
inline constexpr double kMostCounted = 1'000'000;
// Rules that a written condition of temporal_ordered may be over: an engine may have to keep a
// sequence for each set of them.
inline constexpr std::size_t kMostOrderedRules = 10;

// One line of a condition: what is measured must stand so to the limit.
struct Threshold {
  enum class Relation : std::uint8_t { kGt, kGte, kLt, kLte, kEq, kNeq };
  Relation relation = Relation::kGte;
  double limit = 0;
  bool operator==(const Threshold&) const = default;
};
// "gt", ... in the order of the enumeration.
std::span<const std::string_view> threshold_relations();
std::string_view to_string(Threshold::Relation relation);

// A rule or correlation that a correlation refers to, as written (id, name or title) and where.
struct RuleReference {
  std::string text;
  std::size_t line = 0;
  std::size_t column = 0;
  // Rule::number of what is meant; set by link_documents().
  std::optional<std::size_t> target;
};

// A name of a group-by whose field has another name in the events of each rule.
struct CorrelationAlias {
  std::string name;
  std::vector<std::pair<RuleReference, std::string>> fields;  // of which rule, in which field

  // The field in the events of the rule with this number; nothing when the alias does not say.
  const std::string* field_of(std::size_t target) const;
};

// A plain value: what the document says, checked.
struct Correlation {
  CorrelationType type = CorrelationType::kEventCount;
  std::vector<RuleReference> rules;  // one or more, none twice
  std::vector<std::string> group_by;
  std::vector<CorrelationAlias> aliases;
  std::chrono::seconds timespan{0};  // above 0
  bool generate = false;             // the rules referred to give findings of their own too

  // What must hold of the number measured: all of them. Empty with `expression`.
  std::vector<Threshold> thresholds;
  // value_count and our own: the fields whose values make up the tuple; value_*: one field.
  std::vector<std::string> fields;
  double percentile = 50;      // of value_percentile and value_median, 0..100
  BehaviourOptions behaviour;  // of our own types
  // Of temporal types, in place of thresholds: Expression::item is an index into `rules`.
  std::optional<Expression> expression;

  // Set by link_documents(), through all that it refers to: whose logs it reads, each once, and
  // what the rules test (digest.h), in the order of `rules`.
  std::vector<Logsource> logsources;
  std::vector<std::string> digests;

  const CorrelationAlias* find_alias(std::string_view name) const;
};

}  // namespace nepho::sigma
