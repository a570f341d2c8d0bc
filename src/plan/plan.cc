#include "plan/plan.h"

#include <algorithm>
#include <map>

#include "plan/source_planner.h"

namespace nepho::plan {

Plan::Plan(const std::vector<sigma::Rule>& rules, const event::LogSources& sources,
           PlanOptions options)
    : rules_(rules),
      log_sources_(sources),
      options_(std::move(options)),
      line_forms_(sources.all()),
      correlations_(rules) {
  if (options_.ignore_logsource) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t index = 0; index < rules.size(); ++index) {
      if (!rules[index].correlation) all.push_back(index);
    }
    sources_.push_back(std::make_unique<SourcePlan>(plan_source(nullptr, rules, all, keys_)));
    if (!options_.time_field.empty()) sources_[0]->time.emplace_back(options_.time_field, keys_);
    settle();
    return;
  }
  // First of all, so that the keys of the signs get the lowest numbers.
  recognition_ = event::recognition_order(sources);
  recogniser_ = Recogniser(recognition_, keys_, trails_);
  wrapping_.emplace(keys_, &line_forms_);
  // Rule indices by the log sources they apply to; rules share few distinct logsources.
  std::map<sigma::Logsource, std::vector<const event::LogSource*>> fitting;
  std::map<const event::LogSource*, std::vector<std::uint32_t>> rules_of;
  for (std::uint32_t index = 0; index < rules.size(); ++index) {
    if (rules[index].correlation) continue;
    const sigma::Logsource& wanted = rules[index].logsource;
    const auto [at, is_new] = fitting.try_emplace(wanted);
    if (is_new) at->second = sources.read_by(wanted.product, wanted.category, wanted.service);
    for (const event::LogSource* source : at->second) rules_of[source].push_back(index);
    if (at->second.empty()) unbound_.push_back({index});
  }
  for (const event::LogSource& source : sources.all()) add_source(&source, rules_of[&source]);
  if (log_sources_.find("generic") == nullptr) add_source(nullptr, {});
  settle();
  if (!options_.strict) line_filter_ = LineFilter::for_rules_of(sources_);
}

void Plan::settle() {
  for (const auto& source : sources_) correlations_.add_source(source->source, keys_);
  correlations_.settle(keys_);
  for (const auto& source : sources_) {
    for (event::FieldPath& slot : source->slots) slot.settle(keys_);
    if (source->inner_json) source->inner_json->settle(keys_);
    if (source->source != nullptr) follow_what_all_are_asked(*source);
  }
  for (const auto& source : sources_) {
    for (event::FieldPath& slot : source->slots) slot.follow_further(trails_);
  }
}

void Plan::follow_what_all_are_asked(SourcePlan& source) {
  for (const std::uint32_t slot : source.dispatch_slots) {
    source.slots[slot].follow(trails_);
    if (source.slot_reads_strings[slot]) source.inner_json->follow(trails_);
  }
  const std::vector<std::uint32_t> rules = source.dispatch->reached_by_all();
  const auto has_anchors = [&](std::uint32_t rule) {
    return !source.anchors_of_rule[rule].empty();
  };
  const auto num_anchored = static_cast<std::size_t>(std::ranges::count_if(rules, has_anchors));
  for (const std::uint32_t rule : rules) {
    for (const std::uint32_t at : source.anchors_of_rule[rule])
      source.slots[source.anchors[at].slot].follow(trails_);
    if (has_anchors(rule) && num_anchored > kFewAnchored) continue;  // its program seldom runs
    for (const Program::Step& step : source.programs[rule].steps) {
      const Predicate& predicate = source.predicates[step.predicate];
      if (!predicate.item->is_keyword()) source.slots[predicate.slot].follow(trails_);
    }
  }
}

void Plan::add_source(const event::LogSource* source, const std::vector<std::uint32_t>& indices) {
  const bool is_generic = source == nullptr || source->id == "generic";
  if (is_generic) generic_ = static_cast<std::uint32_t>(sources_.size());
  sources_.push_back(std::make_unique<SourcePlan>(plan_source(source, rules_, indices, keys_)));
  if (is_generic && !options_.time_field.empty()) {
    auto& time = sources_.back()->time;
    time.insert(time.begin(), event::FieldPath(options_.time_field, keys_));
  }
}

std::uint32_t Plan::plan_of(const event::LogSource* source) const {
  const auto plan = std::find_if(sources_.begin(), sources_.end(), [&](const auto& candidate) {
    return candidate->source == source;
  });
  return plan == sources_.end() ? generic_ : static_cast<std::uint32_t>(plan - sources_.begin());
}

}  // namespace nepho::plan
