#include "coverage/refit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "coverage/coverage.h"

namespace nepho::coverage {
namespace {

// What one rule did in its trials, over all cells.
struct Trials {
  double weight = 0;
  double squares = 0;  // of the weights
  double alerted = 0;  // weight of those in which it alerted in time
  double factors = 0;  // sum of robustness x specificity, a cell each
  std::size_t cells = 0;
  std::array<std::size_t, evidence::kNumKinds> plays{};
};

// By id, as evidence names rules.
using TrialsByRule = std::map<std::string_view, Trials>;

// A trial that counts, or would if its rule were not switched off: how the rule did is no matter of
// whether it is on.
bool is_trial(const EvidenceUse& use) {
  return !use.rule.empty() && (use.fate == Fate::kCounts || use.fate == Fate::kRuleOff);
}

// The weight that sift.cc gives a play; it stands in `use` only where it counts.
double weight_of(const EvidenceUse& use, const Model& model) {
  return model.weight[static_cast<std::size_t>(use.kind)] *
         std::exp2(-use.age_days / model.half_life_days);
}

void add_cell(const Coverage& coverage, const Cell& cell, TrialsByRule& all) {
  std::map<std::string_view, bool> tested_here;
  for (const EvidenceUse& use : cell.proof.evidence) {
    if (!is_trial(use)) continue;
    Trials& trials = all[use.rule];
    const double weight = weight_of(use, coverage.model);
    trials.weight += weight;
    trials.squares += weight * weight;
    if (use.alerted && !use.late) trials.alerted += weight;
    ++trials.plays[static_cast<std::size_t>(use.kind)];
    tested_here[use.rule] = true;
  }
  for (const RuleProof& proof : cell.proof.rules) {
    const std::string& id = coverage.rules[proof.rule].id;
    if (!tested_here.contains(id)) continue;
    all[id].factors += proof.robustness * proof.specificity;
    ++all[id].cells;
  }
}

// The tested rules of one log source and status.
struct Group {
  std::vector<TestedRule> rules;
  double factors = 0;  // means of each rule, of those that work
  std::size_t with_factors = 0;
  std::array<std::size_t, evidence::kNumKinds> plays{};

  void add(const Trials& trials) {
    rules.push_back(
        {trials.alerted / trials.weight, trials.weight * trials.weight / trials.squares});
    for (std::size_t kind = 0; kind < plays.size(); ++kind) plays[kind] += trials.plays[kind];
    if (trials.cells == 0) return;
    factors += trials.factors / static_cast<double>(trials.cells);
    ++with_factors;
  }
  // 1 where every rule is switched off: nothing is known of their factors then.
  double mean_factor() const {
    return factors > 0 ? factors / static_cast<double>(with_factors) : 1;
  }
};

std::map<std::pair<std::string, std::string>, Group> groups_of(const Coverage& coverage) {
  TrialsByRule trials;
  for (const Cell& cell : coverage.cells) add_cell(coverage, cell, trials);
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const RuleSummary& rule : coverage.rules) {
    const auto tested = trials.find(rule.id);
    if (tested == trials.end() || !(tested->second.weight > 0) || rule.log_sources.empty()) {
      continue;
    }
    groups[{rule.log_sources.front(), rule.status}].add(tested->second);
    trials.erase(tested);  // of several copies of a rule the first
  }
  return groups;
}

}  // namespace

const FittedPrior* FittedPriors::find(std::string_view log_source, std::string_view status) const {
  const auto found = std::ranges::find_if(groups, [&](const FittedPrior& group) {
    return group.log_source == log_source && group.status == status;
  });
  return found == groups.end() ? nullptr : &*found;
}

MeanAndTrials fit_beta(std::span<const TestedRule> rules, const Model& model) {
  double trials = 0;
  double alerted = 0;
  for (const TestedRule& rule : rules) {
    trials += rule.trials;
    alerted += rule.share * rule.trials;
  }
  const double mean = alerted / trials;
  double spread = 0;
  double by_chance = 0;  // what it would be without any difference between the rules
  double by_rules = 0;   // and how much of it a difference would add
  for (const TestedRule& rule : rules) {
    const double part = rule.trials * (1 - rule.trials / trials);
    spread += rule.trials * (rule.share - mean) * (rule.share - mean);
    by_chance += part / rule.trials;
    by_rules += part * (1 - 1 / rule.trials);
  }
  const double variance = mean * (1 - mean);
  double fitted = model.refit_max_trials;
  if (variance > 0 && by_rules > 0) {
    const double extra = (spread / variance - by_chance) / by_rules;
    if (extra > 0) fitted = 1 / extra - 1;
  }
  return {std::clamp(mean, model.refit_min_mean, model.refit_max_mean), mean,
          std::clamp(fitted, model.refit_min_trials, model.refit_max_trials)};
}

FittedPriors refit(const Coverage& coverage) {
  FittedPriors priors{.as_of = coverage.as_of, .groups = {}};
  for (const auto& [key, group] : groups_of(coverage)) {
    if (static_cast<double>(group.rules.size()) < coverage.model.refit_min_rules) continue;
    const auto [mean, alerted, trials] = fit_beta(group.rules, coverage.model);
    priors.groups.push_back({.log_source = key.first,
                             .status = key.second,
                             .base = mean / group.mean_factor(),
                             .trials = trials,
                             .mean = mean,
                             .alerted = alerted,
                             .rules = group.rules.size(),
                             .plays = group.plays});
  }
  return priors;
}

}  // namespace nepho::coverage
