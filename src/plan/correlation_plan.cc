#include "plan/correlation_plan.h"

#include <algorithm>
#include <map>
#include <set>

namespace nepho::plan {
namespace {

using sigma::Rule;

// Of a reference the number of the rule that was linked, as an index into the rules of the run.
using ByNumber = std::map<std::size_t, std::uint32_t>;

ByNumber index_of(const std::vector<Rule>& rules) {
  ByNumber by_number;
  for (std::uint32_t i = 0; i < rules.size(); ++i) by_number.emplace(rules[i].number, i);
  return by_number;
}

}  // namespace

const InputColumns* CorrelationNode::Input::columns_of(std::uint32_t base) const {
  const auto found = std::ranges::find(columns, base, &InputColumns::base);
  return found == columns.end() ? nullptr : &*found;
}

CorrelationPlan::CorrelationPlan(const std::vector<Rule>& rules) {
  order_nodes(rules);
  number_bases(rules);
  lay_out_columns();
}

// Passes over the correlations until one adds nothing: as many as the longest chain has steps when
// files name what is below first, as they do.
void CorrelationPlan::order_nodes(const std::vector<Rule>& rules) {
  const ByNumber by_number = index_of(rules);
  std::map<std::uint32_t, std::uint32_t> node_of;  // by rule
  const auto add = [&](std::uint32_t rule) {
    CorrelationNode node{rule, &*rules[rule].correlation, {}};
    for (const sigma::RuleReference& reference : node.correlation->rules) {
      const auto target = reference.target ? by_number.find(*reference.target) : by_number.end();
      if (target == by_number.end()) return false;
      CorrelationNode::Input input{target->second, std::nullopt, {}};
      if (rules[target->second].correlation) {
        const auto below = node_of.find(target->second);
        if (below == node_of.end()) return false;
        input.node = below->second;
      }
      node.inputs.push_back(std::move(input));
    }
    node_of.emplace(rule, static_cast<std::uint32_t>(nodes_.size()));
    nodes_.push_back(std::move(node));
    return true;
  };
  bool goes_on = true;
  while (goes_on) {
    goes_on = false;
    for (std::uint32_t rule = 0; rule < rules.size(); ++rule) {
      if (rules[rule].correlation && !node_of.contains(rule) && add(rule)) goes_on = true;
    }
  }
}

void CorrelationPlan::number_bases(const std::vector<Rule>& rules) {
  base_of_.assign(nodes_.empty() ? 0 : rules.size(), kNotBase);
  for (const CorrelationNode& node : nodes_) {
    for (const CorrelationNode::Input& input : node.inputs) {
      if (input.node || base_of_[input.rule] != kNotBase) continue;
      base_of_[input.rule] = static_cast<std::uint32_t>(fields_.size());
      fields_.emplace_back();
      is_silent_.push_back(rules[input.rule].is_silent);
    }
  }
}

void CorrelationPlan::lay_out_columns() {
  std::vector<std::set<std::uint32_t>> bases(nodes_.size());  // below each node
  for (std::size_t number = 0; number < nodes_.size(); ++number) {
    CorrelationNode& node = nodes_[number];
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      CorrelationNode::Input& input = node.inputs[i];
      const std::set<std::uint32_t> below =
          input.node ? bases[*input.node] : std::set<std::uint32_t>{base_of_[input.rule]};
      for (const std::uint32_t base : below) {
        InputColumns columns{base, {}, {}, {}};
        for (const std::string& field : node.correlation->group_by)
          columns.group.push_back(column(base, field_in(node, i, field, base)));
        for (const std::string& field : node.correlation->fields)
          columns.values.push_back(column(base, field_in(node, i, field, base)));
        const std::string& denied = node.correlation->behaviour.denied_field;
        if (!denied.empty()) columns.denied = column(base, field_in(node, i, denied, base));
        input.columns.push_back(std::move(columns));
      }
      bases[number].insert(below.begin(), below.end());
    }
  }
}

// The field of the base rule's events that `field` of the correlation stands for, through one of
// its inputs and, in a chain, the first way down from there.
const std::string& CorrelationPlan::field_in(const CorrelationNode& node, std::size_t input,
                                             const std::string& field, std::uint32_t base) const {
  const CorrelationNode* at = &node;
  const std::string* name = &field;
  while (true) {
    const CorrelationNode::Input& way = at->inputs[input];
    if (const auto* alias = at->correlation->find_alias(*name)) {
      const auto* other = alias->field_of(*at->correlation->rules[input].target);
      if (other != nullptr) name = other;
    }
    if (!way.node) return *name;
    at = &nodes_[*way.node];
    const auto next = std::ranges::find_if(
        at->inputs, [&](const auto& below) { return below.columns_of(base) != nullptr; });
    input = static_cast<std::size_t>(next - at->inputs.begin());
  }
}

std::uint32_t CorrelationPlan::column(std::uint32_t base, const std::string& field) {
  auto& fields = fields_[base];
  const auto found = std::ranges::find(fields, field);
  if (found == fields.end()) {
    fields.push_back(field);
    return static_cast<std::uint32_t>(fields.size() - 1);
  }
  return static_cast<std::uint32_t>(found - fields.begin());
}

void CorrelationPlan::add_source(const event::LogSource* source, event::KeyTable& keys) {
  auto& by_base = paths_.emplace_back(fields_.size());
  for (std::size_t base = 0; base < fields_.size(); ++base) {
    for (const std::string& field : fields_[base]) {
      const std::vector<std::string> places =
          source != nullptr ? source->paths_of(field) : std::vector<std::string>{field};
      by_base[base].emplace_back(places, keys, event::parts_of(source));
    }
  }
}

void CorrelationPlan::settle(const event::KeyTable& keys) {
  for (auto& by_base : paths_) {
    for (auto& columns : by_base) {
      for (event::FieldPath& path : columns) path.settle(keys);
    }
  }
}

}  // namespace nepho::plan
