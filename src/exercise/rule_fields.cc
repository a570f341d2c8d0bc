#include "exercise/rule_fields.h"

#include "event/path_marks.h"
#include "exercise/played.h"

namespace nepho::exercise {
namespace {

void add_fields(const sigma::Rule& rule, std::set<std::string>& fields) {
  for (const sigma::Item& item : rule.items) {
    if (!item.is_keyword()) fields.insert(item.field);
  }
  if (!rule.correlation) return;
  const sigma::Correlation& correlation = *rule.correlation;
  fields.insert(correlation.fields.begin(), correlation.fields.end());
  fields.insert(correlation.group_by.begin(), correlation.group_by.end());
  for (const sigma::CorrelationAlias& alias : correlation.aliases) {
    for (const auto& [rule_reference, field] : alias.fields) fields.insert(field);
  }
}

}  // namespace

std::vector<std::set<std::string>> fields_of_rules(const plan::Plan& plan) {
  std::vector<std::set<std::string>> fields(plan.rules().size());
  for (std::size_t i = 0; i < fields.size(); ++i) add_fields(plan.rules()[i], fields[i]);
  // In the order of the nodes: what a correlation refers to is complete before it.
  for (const plan::CorrelationNode& node : plan.correlations().nodes()) {
    for (const plan::CorrelationNode::Input& input : node.inputs) {
      const auto& below = fields[input.rule];
      fields[node.rule].insert(below.begin(), below.end());
    }
  }
  return fields;
}

std::set<std::string> paths_of(const std::set<std::string>& fields,
                               const event::LogSource& source) {
  std::set<std::string> paths;
  for (const std::string& field : fields) {
    for (const std::string& path : source.paths_of(field)) {
      paths.emplace(event::keys_in_front(path));
    }
  }
  return paths;
}

const event::LogSource* log_source_of(const plan::Plan& plan, std::string_view log_source) {
  for (const auto& source : plan.sources()) {
    if (source->source != nullptr && is_of_log_source(log_source, source->source->id)) {
      return source->source;
    }
  }
  return nullptr;
}

}  // namespace nepho::exercise
