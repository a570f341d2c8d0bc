// Priors estimated from a team's own evidence, in place of the knowledge's guesses
// (coverage-model.md, "A rule before it is tested"): empirical Bayes over the tested rules of one
// log source and status.
//
// The chance of each rule is taken as drawn from a Beta with the mean m and the weight n0, and its
// trials as drawn with that chance: a beta-binomial. m is the pooled share of alerts, and n0 comes
// from how much the rules' shares spread beyond what chance alone would give, by the moments of
// J. C. Kleinman, "Proportions with extraneous variance: single and independent samples", Journal
// of the American Statistical Association 68 (1973), 46-54:
//
//     S = sum n_i (p_i - m)^2;   Var(p_i) = m (1 - m) (1 / n_i + g (1 - 1 / n_i))
//     g = (S / (m (1 - m)) - sum v_i / n_i) / sum v_i (1 - 1 / n_i),   v_i = n_i (1 - n_i / n)
//     n0 = 1 / g - 1
//
// Plays count by kind and age, so p_i is a weighted share, and n_i is the number of equal trials
// that would vary as much: (sum w)^2 / sum w^2 (L. Kish, "Survey Sampling", 1965, section 11.7).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/model.h"
#include "evidence/evidence.h"

namespace nepho::coverage {

struct Coverage;

// What was estimated for the rules of one log source and status. A plain value.
struct FittedPrior {
  std::string log_source;
  std::string status;
  // In place of the status's guess: what times a rule's robustness and specificity gives its prior.
  // mean / (the mean of these factors over the tested rules), so it may be above 1.
  double base = 0;
  double trials = 0;      // n0
  double mean = 0;        // m, held within the model's bounds
  double alerted = 0;     // m as it was: the share of trials in which the tested rules alerted
  std::size_t rules = 0;  // that were tested
  std::array<std::size_t, evidence::kNumKinds> plays{};  // by evidence::Kind
  bool operator==(const FittedPrior&) const = default;
};

// What one refit gave. It stays as it is until the next one, whatever evidence comes.
struct FittedPriors {
  std::string as_of;                // RFC 3339; empty: there never was a refit
  std::vector<FittedPrior> groups;  // by log source, then status; each once

  // Or nullptr. A walk: groups are few.
  const FittedPrior* find(std::string_view log_source, std::string_view status) const;
};

// How the tested rules of a group did: the share of alerts and the effective number of trials.
struct TestedRule {
  double share = 0;   // 0..1
  double trials = 0;  // at least 1
};
// The mean and weight of the Beta behind these, clamped to the model's bounds.
struct MeanAndTrials {
  double mean = 0;
  double alerted = 0;  // the mean before it was clamped
  double trials = 0;
};
// Of one rule or more. Rules that spread no more than chance alone would have them have the
// greatest weight, as have rules of one trial each, whose spread says nothing.
MeanAndTrials fit_beta(std::span<const TestedRule> rules, const Model& model);

// Estimates from all fresh evidence in `coverage`, that of disabled rules too; of every group with
// at least Model::refit_min_rules tested rules, by the first log source that a rule reads. A rule
// mapped to several techniques is one rule. Pure; the order of nothing matters.
FittedPriors refit(const Coverage& coverage);

}  // namespace nepho::coverage
