// Numbers are rounded to three digits, as in the tables of docs/coverage.md.
#include "coverage/explain_proof.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "base/printable.h"
#include "coverage/decide.h"
#include "evidence/words.h"
#include "text/timestamp.h"

namespace nepho::coverage {
namespace {

std::string_view level_in_words(int level) {
  switch (level) {
    case 1: return "what changes by itself";
    case 2: return "names that a tool brings along";
    case 3: return "marks of ordinary tools or of failure";
    case 4: return "the call that carries it out";
    default: return "the effect, whichever call has it";
  }
}

std::string_view specificity_in_words(const RuleProof& proof, const Model& model) {
  if (proof.specificity == model.specificity_matches) return "it alerted on one of its procedures";
  return proof.specificity == model.specificity_technique ? "its tag names the technique"
                                                          : "its tag names a relative";
}

// Where the base comes from: the rule's status, or a refit, and of what kinds of plays.
std::string base_in_words(const Coverage& coverage, const RuleProof& proof) {
  const RuleSummary& rule = coverage.rules[proof.rule];
  const std::string status = rule.status.empty() ? "no status" : escape_for_log(rule.status);
  if (!proof.fitted) return status;
  const FittedPrior& fitted = coverage.priors.groups[*proof.fitted];
  std::vector<std::string> plays;
  for (std::size_t kind = 0; kind < fitted.plays.size(); ++kind) {
    if (fitted.plays[kind] == 0) continue;
    plays.push_back(
        fmt::format("{} {}", fitted.plays[kind], to_string(static_cast<evidence::Kind>(kind))));
  }
  return fmt::format(
      "{} on {}, refitted as of {} from {} tested rules, which alerted in {:.2f} of "
      "{} plays",
      status, escape_for_log(fitted.log_source),
      coverage.priors.as_of.substr(0, coverage.priors.as_of.find('T')), fitted.rules,
      fitted.alerted, fmt::join(plays, " and "));
}

// base x robustness x specificity, then the trials.
Step chance(const Coverage& coverage, const RuleProof& proof) {
  const RuleSummary& rule = coverage.rules[proof.rule];
  const double trials = proof.trials;
  const bool is_clamped =
      std::abs(proof.prior - proof.base * proof.robustness * proof.specificity) > 1e-9;
  std::string text = fmt::format(
      "rule '{}' before tests: {:.3f} = base {:.2f} ({}) x robustness {:.2f} (level {}: {}) x "
      "specificity {:.2f} ({}){}, worth {:.3g} trials",
      rule_name(rule), proof.prior, proof.base, base_in_words(coverage, proof), proof.robustness,
      proof.level, level_in_words(proof.level), proof.specificity,
      specificity_in_words(proof, coverage.model),
      is_clamped ? fmt::format(", held within {:g} and {:g}", coverage.model.refit_min_mean,
                               coverage.model.refit_max_mean)
                 : "",
      trials);
  if (proof.passed + proof.missed > 0) {
    text += fmt::format("; after tests: q = ({:.3f} + {:.3f}) / ({:.3g} + {:.3f}) = {:.3f}",
                        proof.prior * trials, proof.passed, trials, proof.passed + proof.missed,
                        proof.mean());
  }
  return {StepKind::kChance, text + fmt::format("; L90(q) = {:.3f}", proof.l90)};
}

// The rule by its title where it is one of ours; ids of other detectors are all that is known.
std::string name_by_id(const Coverage& coverage, const std::string& id) {
  for (const RuleSummary& rule : coverage.rules) {
    if (rule.id == id) return rule_name(rule);
  }
  return escape_for_log(id);
}

// What people said about it. Whoever typed the notes is one of them, but not whoever reads this.
std::string what_was_said(const EvidenceUse& use) {
  std::string text = fmt::format("talked through, {}", to_string(use.outcome));
  if (!use.notes.empty()) text += fmt::format(" ({})", escape_for_log(use.notes));
  return text;
}

std::string what_happened(const Coverage& coverage, const EvidenceUse& use) {
  if (use.kind == evidence::Kind::kTabletop) return what_was_said(use);
  if (use.rule.empty()) return fmt::format("no rule alerted ({})", to_string(use.outcome));
  const std::string rule = fmt::format("rule '{}' ", name_by_id(coverage, use.rule));
  if (!use.alerted) return rule + "did not alert";
  std::string text = rule + (use.late ? "alerted late" : "alerted in time");
  if (use.also_benign) text += ", and on the benign look-alike too";
  return text;
}

Step evidence_step(const Coverage& coverage, const EvidenceUse& use) {
  const std::string time = text::to_rfc3339(use.time);
  return {StepKind::kEvidence,
          fmt::format("{} play of {} on {} ({:.1f} days old): {}; {}", to_string(use.kind),
                      escape_for_log(use.procedure), time.substr(0, time.find('T')), use.age_days,
                      what_happened(coverage, use), fate_in_words(use, coverage.model))};
}

std::string source_in_words(const Coverage& coverage, const Proof& proof,
                            const SourceProof& source) {
  const std::string where =
      source.log_source.empty() ? "logs unknown" : escape_for_log(source.log_source);
  const std::string share = fmt::format("{} ({:.2f} of accounts)", where, source.share);
  if (source.shown == Shown::kAlerted) return share + " alerted";
  if (source.shown == Shown::kSilent) return share + " was silent";
  if (!source.rule) return share + " has no working rule";
  return fmt::format("{} is untested, q = {:.3f} by '{}'", share, source.mean,
                     rule_name(coverage.rules[proof.rules[*source.rule].rule]));
}

Step procedure_step(const Coverage& coverage, const Proof& proof, const ProcedureProof& procedure) {
  std::vector<std::string> sources;
  for (const SourceProof& source : procedure.sources) {
    sources.push_back(source_in_words(coverage, proof, source));
  }
  const std::string name =
      procedure.id.empty() ? "a way that nobody knows yet" : escape_for_log(procedure.id);
  return {StepKind::kProcedure,
          fmt::format("{}: {}{}; d = {:.3f}", name, fmt::join(sources, "; "),
                      procedure.is_observable ? "" : "; no log can show it", procedure.mean)};
}

Step part_step(const Cell& part) {
  return {StepKind::kPart, fmt::format("part {}: {}, C = {:.3f}", part.technique.value,
                                       to_string(part.state), part.proof.mean)};
}

Step coverage_step(const Proof& proof) {
  std::string of = fmt::format("the mean of {} procedures", proof.num_procedures);
  if (proof.num_procedures == 1) of = "of its one procedure";
  if (proof.num_procedures == 0) of = "of a way that nobody knows, as no procedure is known";
  if (!proof.parts.empty()) {
    of = fmt::format("the mean of {} parts", proof.parts.size() + (proof.has_own_part ? 1 : 0));
  }
  return {StepKind::kCoverage,
          fmt::format("C = {:.3f}, {}; L90(C) = {:.3f}; with one way more {:.3f}", proof.mean, of,
                      proof.l90, proof.mean_next)};
}

// Said in any case, because a mapped cell is easily read as a detected attack.
void add_evidence(const Coverage& coverage, const Cell& cell, std::vector<Step>& steps) {
  const Proof& proof = cell.proof;
  for (const EvidenceUse& use : proof.evidence) steps.push_back(evidence_step(coverage, use));
  if (proof.num_superseded > 0) {
    steps.push_back({StepKind::kEvidence,
                     fmt::format("{} older results were superseded", proof.num_superseded)});
  }
  if (proof.evidence.empty() && proof.tested == 0) {
    steps.push_back({StepKind::kEvidence, "no exercise was played: nothing here is proven"});
  }
}

}  // namespace

std::string fate_in_words(const EvidenceUse& use, const Model& model) {
  switch (use.fate) {
    case Fate::kCounts: return fmt::format("counts {:.3f}", use.weight);
    case Fate::kSuperseded: return "a later play stands in its place";
    case Fate::kTooOld: return fmt::format("expired: older than {:g} days", model.expiry_days);
    case Fate::kRuleChanged: return "expired: the rule's tests have changed, or it is gone";
    case Fate::kRuleOff: return "counts nothing: the rule counts nothing now";
    case Fate::kSchemaChanged: return "expired: the log source's schema has changed";
    case Fate::kMappingChanged: return "expired: the procedure belongs to another technique now";
    case Fate::kMappedElsewhere: return "counts nothing: the rule is mapped to other techniques";
    case Fate::kNoTest: return "no test: blocked, or it failed";
    case Fate::kNoWeight: return "counts nothing: nothing was played";
  }
  return {};
}

std::string rule_name(const RuleSummary& rule) {
  const std::string name = escape_for_log(rule.name.empty() ? rule.id : rule.name);
  return name.empty() ? escape_for_log(rule.path) : name;
}

std::vector<Step> explain_proof(const Coverage& coverage, const Cell& cell) {
  const Proof& proof = cell.proof;
  std::vector<Step> steps;
  // A parent without procedures of its own is the mean of its parts, whatever is thought of rules.
  const bool has_own = proof.parts.empty() || proof.has_own_part;
  for (const RuleProof& rule : proof.rules) {
    if (has_own) steps.push_back(chance(coverage, rule));
  }
  add_evidence(coverage, cell, steps);
  for (const ProcedureProof& procedure : proof.procedures) {
    steps.push_back(procedure_step(coverage, proof, procedure));
  }
  if (proof.parts.empty() && !proof.rules.empty()) {
    steps.push_back(procedure_step(coverage, proof, proof.unknown_way));
  }
  if (proof.has_own_part) {
    steps.push_back(
        {StepKind::kPart, fmt::format("part: its own procedures, C = {:.3f}", proof.own_mean)});
  }
  for (const std::size_t part : proof.parts) steps.push_back(part_step(coverage.cells[part]));
  steps.push_back(coverage_step(proof));
  return steps;
}

std::string why_state(const Coverage& coverage, const Cell& cell) {
  const Proof& proof = cell.proof;
  const std::string tests = fmt::format("{} of {} procedures tested, {} alerted in time",
                                        proof.tested, proof.num_procedures, proof.alerted);
  const bool is_parent = !proof.parts.empty();
  switch (cell.state) {
    case State::kNotApplicable: return "1st of 9: it does not apply";
    case State::kFailing: return "2nd of 9: " + tests;
    case State::kValidated:
    case State::kExercised: {
      const bool is_real = cell.state == State::kValidated;
      if (is_parent) {
        return fmt::format("{} of 9: every part is {}", is_real ? "3rd" : "4th",
                           is_real ? "validated" : "validated or exercised");
      }
      return fmt::format("{} of 9: {}, at least {} were needed, {}", is_real ? "3rd" : "4th", tests,
                         tests_needed(proof.num_procedures, coverage.model),
                         is_real ? "one of them on a real attack's logs" : "all on made records");
    }
    case State::kPartial:
      if (proof.is_noisy && proof.tested == proof.alerted) {
        return fmt::format("5th of 9: {}, but a rule fires on the benign look-alike too", tests);
      }
      if (is_parent) return fmt::format("5th of 9: {}, but not every part is proven", tests);
      return fmt::format("5th of 9: {}, {} must be tested and all alert", tests,
                         tests_needed(proof.num_procedures, coverage.model));
    case State::kStale: return "6th of 9: it alerted once, and no test is fresh";
    case State::kMapped: return "7th of 9: a working rule, no fresh test";
    case State::kTelemetry: return "8th of 9: no working rule, logs arrive";
    case State::kBlind: return "9th of 9: no working rule, no logs";
  }
  return {};
}

}  // namespace nepho::coverage
