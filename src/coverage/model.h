// The numbers of the coverage model that somebody chose: weights, priors and thresholds.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/result.h"
#include "evidence/evidence.h"
#include "text/yaml.h"

namespace nepho::coverage {

inline constexpr ErrorCode kBadModel{"coverage.bad_model"};

inline constexpr std::size_t kNumRobustnessLevels = 5;

// As knowledge/intel/model.yml has them, which says what each means. The code knows no default: a
// Model that was not read is all zeros. Shares are 0..1.
struct Model {
  // By status; `other` is any that is none of the three.
  double base_stable = 0;
  double base_test = 0;
  double base_experimental = 0;
  double base_other = 0;
  std::array<double, kNumRobustnessLevels> robustness{};  // by level - 1
  double unknown_level = 0;                               // 1..5
  double specificity_matches = 0;
  double specificity_technique = 0;
  double specificity_parent = 0;
  double prior_trials = 0;  // n0

  // Of a refit (refit.h): tested rules that it asks for, and bounds of what it may give.
  double refit_min_rules = 0;
  double refit_min_mean = 0;
  double refit_max_mean = 0;
  double refit_min_trials = 0;
  double refit_max_trials = 0;

  std::array<double, evidence::kNumKinds> weight{};  // by evidence::Kind
  double half_life_days = 0;
  double expiry_days = 0;

  double lower_bound = 0;  // a quantile
  double min_tested = 0;   // procedures
  double min_share = 0;    // of a cell's procedures

  bool operator==(const Model&) const = default;
};

// The model of knowledge/intel/model.yml, in which nothing may be missing.
Result<Model> load_model(const Knowledge& knowledge);
Result<Model> parse_model(std::string_view yaml, const std::string& file);

// Lays the keys of a mapping of the same form over `model`; what it leaves out stays. The first key
// that is not known (with a "did you mean") or value that is out of its range is an error with its
// place; what was read before it is in `model` then.
Result<void> override_model(const text::YamlNode& node, const std::string& file, Model& model);

// The names of all parameters, "prior.base.stable", in the order of the file.
std::vector<std::string_view> parameter_names();

}  // namespace nepho::coverage
