// The correlations among the rules of a run: in which order they are asked, and which fields of an
// event they need.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "event/field_places.h"
#include "event/key_table.h"
#include "event/log_source.h"
#include "sigma/rule.h"

namespace nepho::plan {

// Of a match of one base rule, which columns make up the group and what is measured. Columns are
// numbers in CorrelationPlan::fields().
struct InputColumns {
  std::uint32_t base = 0;  // number of the base rule
  std::vector<std::uint32_t> group;
  std::vector<std::uint32_t> values;
  std::optional<std::uint32_t> denied;  // x_burst: where what was denied has a value
};

// One correlation and what feeds it.
struct CorrelationNode {
  struct Input {
    std::uint32_t rule = 0;             // index into the rules of the run
    std::optional<std::uint32_t> node;  // when that is a correlation
    std::vector<InputColumns> columns;  // by base rule whose matches come in through this input
    const InputColumns* columns_of(std::uint32_t base) const;
  };
  std::uint32_t rule = 0;
  const sigma::Correlation* correlation = nullptr;
  std::vector<Input> inputs;  // in the order of correlation->rules
};

// A base rule is a rule, not a correlation, that some correlation refers to. What a chain sees of
// an event that completes a correlation below it are the fields of that event: a field goes by the
// name that the aliases on the way down give it.
//
// Built with the plan; then immutable.
class CorrelationPlan {
 public:
  static constexpr std::uint32_t kNotBase = 0xFFFFFFFF;

  CorrelationPlan() = default;
  // The rules must outlive it.
  explicit CorrelationPlan(const std::vector<sigma::Rule>& rules);

  // Every correlation after those it refers to. One whose rules are not all among the rules of the
  // run is left out.
  const std::vector<CorrelationNode>& nodes() const { return nodes_; }
  bool empty() const { return nodes_.empty(); }

  // The number of a base rule among the base rules, or kNotBase.
  std::uint32_t base_of(std::uint32_t rule) const {
    return rule < base_of_.size() ? base_of_[rule] : kNotBase;
  }
  // Whether the rule gives no findings of its own in this run.
  bool is_silent(std::uint32_t rule) const {
    return base_of(rule) != kNotBase && is_silent_[base_of_[rule]];
  }
  std::size_t num_bases() const { return fields_.size(); }
  // Names of the fields that are read of an event that the base rule matches, a column each.
  const std::vector<std::string>& fields(std::uint32_t base) const { return fields_[base]; }

  // Adds the next log source of the plan (nullptr: field names are paths).
  void add_source(const event::LogSource* source, event::KeyTable& keys);
  void settle(const event::KeyTable& keys);
  // Where the columns of the base rule stand in records of a log source.
  std::span<const event::FieldPath> paths(std::uint32_t source_plan, std::uint32_t base) const {
    return paths_[source_plan][base];
  }

 private:
  void order_nodes(const std::vector<sigma::Rule>& rules);
  void number_bases(const std::vector<sigma::Rule>& rules);
  void lay_out_columns();
  const std::string& field_in(const CorrelationNode& node, std::size_t input,
                              const std::string& field, std::uint32_t base) const;
  std::uint32_t column(std::uint32_t base, const std::string& field);

  std::vector<CorrelationNode> nodes_;
  std::vector<std::uint32_t> base_of_;  // by rule
  std::vector<std::vector<std::string>> fields_;
  std::vector<bool> is_silent_;
  std::vector<std::vector<std::vector<event::FieldPath>>> paths_;  // by log source, base, column
};

}  // namespace nepho::plan
