#include "coverage/prior.h"

#include <algorithm>
#include <cmath>

namespace nepho::coverage {
namespace {

double base_of(std::string_view status, const Model& model) {
  if (status == "stable") return model.base_stable;
  if (status == "test") return model.base_test;
  if (status == "experimental") return model.base_experimental;
  return model.base_other;
}

// The group that was refitted for rules like this; groups are by the first log source.
const FittedPrior* fitted_for(const inventory::Detection& detection, const FittedPriors& priors) {
  if (detection.log_sources.empty()) return nullptr;
  return priors.find(detection.log_sources.front(), detection.status);
}

// A tag of a sub-technique says of the parent's own procedures as little as a parent's of the
// sub's.
double specificity_of(Through through, bool has_matched, const Model& model) {
  if (has_matched) return model.specificity_matches;
  return through == Through::kOwnTag ? model.specificity_technique : model.specificity_parent;
}

int level_of(const inventory::Detection& detection, const CellInputs& inputs) {
  const auto found = inputs.robustness.find(detection.hash);
  const bool is_known = !detection.hash.empty() && found != inputs.robustness.end();
  return is_known ? found->second : static_cast<int>(inputs.model.unknown_level);
}

// A Beta needs some mass on either side; a prior of 0 or 1 has none there.
Beta beta_of(double mean, double trials) {
  constexpr double kLeast = 1e-6;
  return {std::max(mean * trials, kLeast), std::max((1 - mean) * trials, kLeast)};
}

}  // namespace

RuleProof prior_of(const RuleInCell& rule, bool has_matched, const CellInputs& inputs) {
  const Model& model = inputs.model;
  RuleProof proof{.rule = rule.rule};
  proof.base = base_of(rule.detection->status, model);
  proof.level = level_of(*rule.detection, inputs);
  proof.robustness = model.robustness[static_cast<std::size_t>(proof.level - 1)];
  proof.specificity = specificity_of(rule.through, has_matched, model);
  proof.trials = model.prior_trials;
  const FittedPrior* fitted = fitted_for(*rule.detection, inputs.priors);
  if (fitted != nullptr) {
    proof.fitted = static_cast<std::size_t>(fitted - inputs.priors.groups.data());
    proof.base = fitted->base;
    proof.trials = fitted->trials;
  }
  proof.prior = proof.base * proof.robustness * proof.specificity;
  if (fitted != nullptr) {
    proof.prior = std::clamp(proof.prior, model.refit_min_mean, model.refit_max_mean);
  }
  proof.posterior = beta_of(proof.prior, proof.trials);
  return proof;
}

double lower_bound(const Beta& posterior, const Model& model) {
  return std::min(posterior.quantile(model.lower_bound), posterior.mean());
}

}  // namespace nepho::coverage
