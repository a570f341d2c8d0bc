#include "sigma/correlation_condition.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/printable.h"
#include "sigma/condition.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

constexpr auto kKeys =
    std::to_array<std::string_view>({"gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"});

class ConditionReader {
 public:
  ConditionReader(const YamlNode& key, const ParseContext& context, Correlation& correlation)
      : key_(key), context_(context), correlation_(correlation) {}

  void read(const YamlNode* node) {
    if (node == nullptr || node->is_null()) {
      if (is_temporal(correlation_.type)) return ask_for_all_rules();
      if (correlation_.type == CorrelationType::kNewValue) return;
      return error(kMissingKey, "the correlation has no condition", key_,
                   "add one: condition: {gte: 10}");
    }
    if (node->is_scalar()) return read_written(*node);
    if (!node->is_mapping())
      return error(kWrongType, "'condition' expects a mapping", *node, "condition: {gte: 10}");
    for (const auto& [key, value] : node->members) read_member(key, value);
    if (correlation_.thresholds.empty() && correlation_.type != CorrelationType::kNewValue)
      error(kMissingKey, "the condition compares with nothing", *node,
            fmt::format("add one of {}", fmt::join(threshold_relations(), ", ")));
    check_field(*node);
    check_percentile(*node);
  }

 private:
  void error(ErrorCode code, std::string message, const YamlNode& at, std::string hint = {}) {
    context_.report.add_error({code, std::move(message), at.place(context_.file), std::move(hint)});
  }

  void ask_for_all_rules() {
    correlation_.thresholds.push_back(
        {Threshold::Relation::kGte, static_cast<double>(correlation_.rules.size())});
  }

  void read_member(const YamlNode& key, const YamlNode& value) {
    const auto relations = threshold_relations();
    const auto relation = std::ranges::find(relations, key.text);
    if (relation != relations.end()) {
      read_threshold(static_cast<Threshold::Relation>(relation - relations.begin()), value);
    } else if (key.text == "field") {
      read_fields(value);
    } else if (key.text == "percentile") {
      read_percentile(value);
    } else {
      const std::string near = text::did_you_mean(key.text, kKeys);
      error(kUnknownCorrelationKey,
            fmt::format("'{}' is not a key of a correlation's condition", escape_for_log(key.text)),
            key, near.empty() ? fmt::format("expected one of {}", fmt::join(kKeys, ", ")) : near);
    }
  }

  // Events, values and rules are counted in whole numbers; a sum or an average may be compared with
  // any number. One written as a text counts.
  void read_threshold(Threshold::Relation relation, const YamlNode& value) {
    YamlNode plain = value;
    plain.is_plain = true;
    const auto number = plain.number();
    const bool is_count = sigma::is_count(correlation_.type);
    const bool fits =
        number && std::isfinite(*number) && std::abs(*number) <= kLargest &&
        (!is_count || (*number >= 0 && *number <= kMostCounted && *number == std::floor(*number)));
    if (!value.is_scalar() || !fits)
      return error(kBadValue,
                   fmt::format("expected a {}, found '{}'",
                               is_count ? "whole number from 0 to a million" : "number",
                               escape_for_log(value.text)),
                   value);
    correlation_.thresholds.push_back({relation, *number});
  }

  void read_fields(const YamlNode& value) {
    const auto take = [&](const YamlNode& item) {
      if (!item.is_scalar() || item.text.empty())
        return error(kWrongType, "'field' expects the name of a field or a list of names", item);
      correlation_.fields.push_back(item.text);
    };
    if (value.is_sequence()) {
      for (const YamlNode& item : value.items) take(item);
    } else {
      take(value);
    }
  }

  void read_percentile(const YamlNode& value) {
    YamlNode plain = value;
    plain.is_plain = true;
    const auto number = plain.number();
    if (!value.is_scalar() || !number || *number < 0 || *number > 100)
      return error(kBadValue,
                   fmt::format("expected a percentile from 0 to 100, found '{}'",
                               escape_for_log(value.text)),
                   value);
    correlation_.percentile = *number;
    has_percentile_ = true;
  }

  void check_field(const YamlNode& node) {
    if (is_behaviour(correlation_.type)) return;  // check_behaviour() does
    const bool wants_field =
        correlation_.type == CorrelationType::kValueCount || is_numeric(correlation_.type);
    const std::string_view type = to_string(correlation_.type);
    const YamlNode* given = node.find_key("field");
    if (wants_field && correlation_.fields.empty())
      error(kMissingKey, fmt::format("{} needs the field whose values it looks at", type), node,
            "add it: condition: {field: userIdentity.arn, gte: 10}");
    if (!wants_field && given != nullptr)
      error(kBadValue, fmt::format("{} looks at no field", type), *given,
            "value_count counts the values of a field");
    if (is_numeric(correlation_.type) && correlation_.fields.size() > 1)
      error(kBadValue, fmt::format("{} looks at one field", type), *given);
  }

  void check_percentile(const YamlNode& node) {
    const bool wants_it = correlation_.type == CorrelationType::kValuePercentile;
    if (has_percentile_ && !wants_it)
      error(kBadValue, fmt::format("{} takes no percentile", to_string(correlation_.type)),
            *node.find_key("percentile"), "value_percentile does");
    if (!has_percentile_ && wants_it)
      context_.report.add_warning({kNoPercentile,
                                   "no percentile is named; the median (50) is compared",
                                   node.place(context_.file), "add 'percentile: 95'"});
  }

  void read_written(const YamlNode& node) {
    if (!is_temporal(correlation_.type))
      return error(
          kBadCondition,
          fmt::format("a condition over rules is for temporal and temporal_ordered, not {}",
                      to_string(correlation_.type)),
          node, "write a limit: condition: {gte: 10}");
    const Place place = node.place(context_.file);
    if (correlation_.type == CorrelationType::kTemporalOrdered &&
        correlation_.rules.size() > kMostOrderedRules)
      return error(
          kTooMany,
          fmt::format("a condition over the order of more than {} rules", kMostOrderedRules), node,
          "split it: a correlation may refer to correlations");
    const auto condition = sigma::parse_condition(node.text, place, context_.limits);
    if (!condition) return context_.report.add_error(condition.error());
    std::vector<Selection> rules;
    for (std::size_t i = 0; i < correlation_.rules.size(); ++i)
      rules.push_back({correlation_.rules[i].text, Expression::of_item(i), place});
    auto expression = resolve(*condition, rules, place, context_.limits);
    if (!expression) {
      Error wrong = expression.error();
      if (wrong.code == kUnknownSelection)
        wrong.message = "the condition names no rule of this correlation";
      return context_.report.add_error(std::move(wrong));
    }
    warn_of_unused(rules, node);
    correlation_.expression = *std::move(expression);
  }

  void warn_of_unused(const std::vector<Selection>& rules, const YamlNode& node) {
    for (const Selection& rule : rules) {
      if (rule.used) continue;
      context_.report.add_warning(
          {kUnusedSelection,
           fmt::format("the condition does not use the rule '{}'", escape_for_log(rule.name)),
           node.place(context_.file)});
    }
  }

  // Sums of so many are exact in the engine (plan/amount.h).
  static constexpr double kLargest = 1e24;

  const YamlNode& key_;
  const ParseContext& context_;
  Correlation& correlation_;
  bool has_percentile_ = false;
};

}  // namespace

void read_correlation_condition(const YamlNode& key, const YamlNode* node,
                                const ParseContext& context, Correlation& correlation) {
  ConditionReader(key, context, correlation).read(node);
}

std::vector<std::string> names_in_condition(std::string_view text) {
  std::vector<std::string> names;
  const auto condition = sigma::parse_condition(text, {});
  if (!condition) return names;
  std::vector<const Condition*> pending{&*condition};
  while (!pending.empty()) {
    const Condition* at = pending.back();
    pending.pop_back();
    if (at->kind == Condition::Kind::kSelection && std::ranges::count(names, at->name) == 0)
      names.push_back(at->name);
    for (auto child = at->children.rbegin(); child != at->children.rend(); ++child)
      pending.push_back(&*child);
  }
  return names;
}

}  // namespace nepho::sigma
