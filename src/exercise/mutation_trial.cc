#include "exercise/mutation_trial.h"

#include <algorithm>
#include <tuple>

#include "exercise/rule_fields.h"
#include "exercise/tree_paths.h"

namespace nepho::exercise {
namespace {

// Those of the paths that lie on the way to or from one that the rule looks at.
std::set<std::string> looked_at(const std::set<std::string>& changed,
                                const std::set<std::string>& paths) {
  std::set<std::string> both;
  for (const std::string& path : changed) {
    for (const std::string& of_rule : paths) {
      if (is_on_one_way(path, of_rule))
        both.insert(std::max(path, of_rule, [](auto& a, auto& b) { return a.size() < b.size(); }));
    }
  }
  return both;
}

}  // namespace

std::optional<double> Tally::score() const {
  if (applied == 0) return std::nullopt;
  return static_cast<double>(survived) / static_cast<double>(applied);
}

MutationTrial::MutationTrial(const RuleBook& rules, const Mutations& mutations,
                             IsReceived is_received)
    : rules_(rules),
      mutations_(mutations),
      judge_(rules, std::move(is_received)),
      fields_(fields_of_rules(rules.plan)),
      trials_(rules.claims.size()) {}

Result<void> MutationTrial::add(const Procedure& procedure, const Stage& stage) {
  auto records = play(procedure.attack, stage, procedure.facts.id);
  if (!records) return std::unexpected(records.error());
  const auto firing = judge_.fired_on(*records);
  if (!firing) return std::unexpected(firing.error());
  if (firing->empty()) return {};
  const Played played = read_play(*std::move(records), rules_.plan.line_forms());
  const Attack attack{procedure, stage, played};
  const ProviderMutations& known = mutations_.of(procedure.facts.provider);
  Firing looking;
  std::set<std::string> paths;
  for (const std::uint32_t rule : *firing) {
    trials_[rule].procedures.push_back(procedure.facts.id);
    looking[rule] = paths_in(rule, played);
    paths.insert(looking[rule].begin(), looking[rule].end());
  }
  for (const Mutation& mutation : attacker_mutations(attack, known, rules_.plan)) {
    hold_against(mutation, looking, attack);
  }
  for (const Mutation& mutation : provider_mutations(attack, known, rules_.plan, paths)) {
    hold_against(mutation, looking, attack);
  }
  return {};
}

std::set<std::uint32_t> MutationTrial::blind_to(const Mutation& mutation, const Firing& firing,
                                                std::size_t& num_read) {
  std::set<std::uint32_t> blind;
  for (const std::vector<Record>& mutant : mutation.mutants) {
    const auto fired = judge_.fired_on(mutant);
    ++num_mutants_;
    if (!fired) {
      ++num_unrecognised_;
      continue;
    }
    ++num_read;
    for (const auto& [rule, paths] : firing) {
      if (!fired->contains(rule)) blind.insert(rule);
    }
  }
  return blind;
}

void MutationTrial::hold_against(const Mutation& mutation, const Firing& firing,
                                 const Attack& attack) {
  std::size_t num_read = 0;
  const std::set<std::uint32_t> blind = blind_to(mutation, firing, num_read);
  if (num_read == 0) return;
  std::set<std::string> changed{mutation.path};
  if (mutation.path.empty()) {
    changed = differences(attack.played, mutation.mutants, rules_.plan.line_forms());
  }
  for (const auto& [rule, paths] : firing) {
    // A field that the rule does not look at says nothing of it.
    if (!mutation.path.empty() && !paths.contains(mutation.path)) continue;
    std::set<std::string> fields = looked_at(changed, paths);
    const bool is_alive = !blind.contains(rule);
    OneRule& trial = trials_[rule];
    const bool is_attacker = mutation.by == By::kAttacker;
    std::vector<Tally*> tallies{is_attacker ? &trial.attacker : &trial.provider,
                                &changes_[{mutation.id, mutation.by}]};
    if (is_attacker && !fields.empty()) tallies.push_back(&trial.touching);
    for (Tally* tally : tallies) {
      ++tally->applied;
      tally->survived += is_alive ? 1 : 0;
    }
    if (!is_alive) note_death(mutation, attack, std::move(fields), rule);
  }
}

void MutationTrial::note_death(const Mutation& mutation, const Attack& attack,
                               std::set<std::string> fields, std::uint32_t rule) {
  Death& death = trials_[rule].deaths[{mutation.id, mutation.what}];
  death.change = mutation.id;
  death.by = mutation.by;
  death.what = mutation.what;
  death.fields.merge(fields);
  const std::string& procedure = attack.procedure.facts.id;
  if (death.procedures.empty() || death.procedures.back() != procedure) {
    death.procedures.push_back(procedure);
  }
}

const std::set<std::string>& MutationTrial::paths_of_rule(std::uint32_t rule,
                                                          std::string_view log_source) {
  static const std::set<std::string> none;
  const event::LogSource* source = log_source_of(rules_.plan, log_source);
  if (source == nullptr) return none;
  const auto [at, is_new] = paths_.try_emplace({rule, source});
  if (is_new) at->second = paths_of(fields_[rule], *source);
  return at->second;
}

// Those at which some step of the play has a value.
std::set<std::string> MutationTrial::paths_in(std::uint32_t rule, const Played& played) {
  std::set<std::string> there;
  for (const PlayedRecord& one : played) {
    if (one.record.is_setup || !one.values) continue;
    for (const std::string& path : paths_of_rule(rule, one.record.log_source)) {
      if (there.contains(path)) continue;
      if (has_value_at(one.values->root(), path)) there.insert(path);
    }
  }
  return there;
}

std::vector<RuleTrial> MutationTrial::rules() const {
  std::vector<RuleTrial> all;
  for (std::uint32_t i = 0; i < trials_.size(); ++i) {
    if (!rules_.claims[i].is_alert) continue;
    const OneRule& trial = trials_[i];
    RuleTrial rule{.rule = i,
                   .procedures = trial.procedures,
                   .attacker = trial.attacker,
                   .touching = trial.touching,
                   .provider = trial.provider,
                   .deaths = {}};
    for (const auto& [key, death] : trial.deaths) rule.deaths.push_back(death);
    std::ranges::stable_sort(rule.deaths, {}, [](const Death& death) {
      return std::tuple(death.by, -static_cast<std::ptrdiff_t>(death.procedures.size()));
    });
    all.push_back(std::move(rule));
  }
  return all;
}

std::vector<ChangeTrial> MutationTrial::changes() const {
  std::vector<ChangeTrial> all;
  for (const auto& [key, tally] : changes_) all.push_back({key.first, key.second, tally});
  return all;
}

std::optional<double> median_score(std::span<const RuleTrial> rules, Tally RuleTrial::* tally) {
  std::vector<double> scores;
  for (const RuleTrial& rule : rules) {
    if (const auto score = (rule.*tally).score()) scores.push_back(*score);
  }
  if (scores.empty()) return std::nullopt;
  std::ranges::sort(scores);
  const std::size_t middle = scores.size() / 2;
  if (scores.size() % 2 == 1) return scores[middle];
  return (scores[middle - 1] + scores[middle]) / 2;
}

}  // namespace nepho::exercise
