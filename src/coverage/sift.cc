// A play is looked at as a whole first (its age, kind, schema, mapping), then rule by rule. Nothing
// is thrown away here: what counts nothing keeps its reason for whoever asks.
#include "coverage/sift.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nepho::coverage {
namespace {

using evidence::Evidence;
using evidence::Outcome;
using evidence::Trial;
using Result = SiftedTrial::Result;

double days_between(std::chrono::sys_time<std::chrono::nanoseconds> from,
                    std::chrono::sys_time<std::chrono::nanoseconds> to) {
  return std::chrono::duration<double, std::ratio<86'400>>(to - from).count();
}

// The plainest reason first.
Fate fate_of(const Play& play, double age_days, const Model& model) {
  const Evidence& evidence = *play.evidence;
  if (evidence.outcome == Outcome::kError || evidence.outcome == Outcome::kBlocked) {
    return Fate::kNoTest;
  }
  if (model.weight[static_cast<std::size_t>(evidence.kind)] <= 0) return Fate::kNoWeight;
  if (!play.is_mapped) return Fate::kMappingChanged;
  // Unknown on either side is no change.
  const bool is_known = !evidence.schema_hash.empty() && !play.schema_hash.empty();
  if (is_known && evidence.schema_hash != play.schema_hash) return Fate::kSchemaChanged;
  return age_days > model.expiry_days ? Fate::kTooOld : Fate::kCounts;
}

// A detector of which only alerts are known: no text, no hash, and not among the rules.
bool is_opaque(const Trial& trial, const CellInputs& inputs) {
  return trial.hash.empty() && !inputs.rule_ids.contains(trial.rule);
}

// A copy under another id stands for the rule that was played.
bool is_known_as(const inventory::Detection& detection, const std::string& id) {
  return detection.id == id || std::ranges::count(detection.also_known_as, id) != 0;
}

// Of several copies of a rule a working one, so that a switched off copy hides nothing.
const RuleInCell* find_rule(const Trial& trial, const CellInputs& inputs) {
  const RuleInCell* found = nullptr;
  for (const RuleInCell& rule : inputs.rules) {
    if (!is_known_as(*rule.detection, trial.rule)) continue;
    if (found == nullptr || (rule.works && !found->works)) found = &rule;
  }
  return found;
}

// A rule that is not mapped here now. Whether the play was a success then says its outcome: a rule
// that is gone cannot be asked.
SiftedTrial sift_stranger(const Trial& trial, const Evidence& play, const CellInputs& inputs) {
  SiftedTrial sifted{.trial = &trial, .fate = Fate::kMappedElsewhere};
  const bool passed = trial.alerted && !trial.late && play.outcome == Outcome::kAlerted;
  if (is_opaque(trial, inputs)) {
    sifted.result = passed ? Result::kPass : Result::kElsewhere;
    if (passed) sifted.fate = Fate::kCounts;
  } else if (!inputs.rule_ids.contains(trial.rule)) {
    sifted.result = passed ? Result::kLost : Result::kForgotten;
    sifted.fate = Fate::kRuleChanged;
  }
  return sifted;
}

SiftedTrial sift_trial(const Trial& trial, const Evidence& play, const CellInputs& inputs) {
  const RuleInCell* rule = find_rule(trial, inputs);
  if (rule == nullptr) return sift_stranger(trial, play, inputs);
  const std::string& hash = rule->detection->hash;
  const bool is_changed = !trial.hash.empty() && !hash.empty() && trial.hash != hash;
  const bool passed = trial.alerted && !trial.late;
  SiftedTrial sifted{.trial = &trial, .rule = rule};
  if (is_changed) {
    sifted.result = passed ? Result::kLost : Result::kForgotten;
    sifted.fate = Fate::kRuleChanged;
  } else if (!passed) {
    // Also of a rule that is switched off: if that made a miss forgotten, it would raise the cell.
    sifted.result = Result::kMiss;
  } else {
    sifted.result = rule->works ? Result::kPass : Result::kLost;
    sifted.fate = rule->works ? Fate::kCounts : Fate::kRuleOff;
  }
  return sifted;
}

SiftedPlay sift_play(const Play& play, const CellInputs& inputs) {
  const Model& model = inputs.model;
  SiftedPlay sifted{.evidence = play.evidence,
                    .age_days = days_between(play.evidence->time, inputs.as_of)};
  sifted.fate = fate_of(play, sifted.age_days, model);
  if (sifted.counts()) {
    sifted.weight = model.weight[static_cast<std::size_t>(play.evidence->kind)] *
                    std::exp2(-sifted.age_days / model.half_life_days);
  }
  for (const Trial& trial : play.evidence->trials) {
    sifted.trials.push_back(sift_trial(trial, *play.evidence, inputs));
  }
  return sifted;
}

// All that may decide anything, so that equal keys are plays of which one is enough.
auto key_of(const SiftedPlay& play) {
  const Evidence& e = *play.evidence;
  std::vector<std::tuple<std::string_view, std::string_view, bool, bool, bool>> trials;
  for (const Trial& t : e.trials) {
    trials.emplace_back(t.rule, t.hash, t.alerted, t.late, t.also_benign);
  }
  std::ranges::sort(trials);
  return std::tuple(e.time, !play.has(Result::kPass), std::string_view(e.procedure), e.kind,
                    e.outcome, play.fate, std::move(trials));
}

}  // namespace

bool SiftedPlay::has(Result result) const {
  return std::ranges::any_of(trials,
                             [=](const SiftedTrial& trial) { return trial.result == result; });
}

std::vector<SiftedPlay> sift(const CellInputs& inputs) {
  std::vector<std::pair<decltype(key_of(SiftedPlay{})), SiftedPlay>> keyed;
  for (const Play& play : inputs.plays) {
    // What was played later is not known yet, as of then.
    if (play.evidence->time > inputs.as_of) continue;
    SiftedPlay sifted = sift_play(play, inputs);
    auto key = key_of(sifted);
    keyed.emplace_back(std::move(key), std::move(sifted));
  }
  std::ranges::stable_sort(keyed, {}, [](const auto& entry) -> const auto& { return entry.first; });
  std::vector<SiftedPlay> plays;
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    if (i > 0 && keyed[i].first == keyed[i - 1].first) continue;
    plays.push_back(std::move(keyed[i].second));
  }
  return plays;
}

}  // namespace nepho::coverage
