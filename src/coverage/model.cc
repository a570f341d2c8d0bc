// One table has every parameter: its name, where it lives, and its range. A parameter is added by
// adding a row, and is then read, checked, overridable and required at once.
#include "coverage/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/printable.h"
#include "text/nearest.h"
#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

using text::YamlNode;

constexpr std::string_view kPath = "intel/model.yml";

struct Parameter {
  std::string_view name;
  double& (*in)(Model&);
  double least = 0;
  double most = 1;
  bool is_whole = false;
};

double& weight_of(Model& model, evidence::Kind kind) {
  return model.weight[static_cast<std::size_t>(kind)];
}

// Upper ends of spans and counts are only there to catch a slip of the finger.
constexpr double kMaxDays = 36'500;
constexpr double kMaxTrials = 1'000;
// Below a thousandth of a trial Beta's mass lies at its ends and a quantile says nothing.
constexpr double kMinTrials = 0.001;
constexpr double kMaxRules = 100'000;
// Where the ranges of the least and the greatest meet, so that they cannot pass each other.
constexpr double kMinRefitTrials = 5;

constexpr Parameter kParameters[]{
    {"prior.base.stable", [](Model& m) -> double& { return m.base_stable; }},
    {"prior.base.test", [](Model& m) -> double& { return m.base_test; }},
    {"prior.base.experimental", [](Model& m) -> double& { return m.base_experimental; }},
    {"prior.base.other", [](Model& m) -> double& { return m.base_other; }},
    {"prior.robustness.1", [](Model& m) -> double& { return m.robustness[0]; }},
    {"prior.robustness.2", [](Model& m) -> double& { return m.robustness[1]; }},
    {"prior.robustness.3", [](Model& m) -> double& { return m.robustness[2]; }},
    {"prior.robustness.4", [](Model& m) -> double& { return m.robustness[3]; }},
    {"prior.robustness.5", [](Model& m) -> double& { return m.robustness[4]; }},
    {"prior.unknown_level", [](Model& m) -> double& { return m.unknown_level; }, 1,
     kNumRobustnessLevels, true},
    {"prior.specificity.matches", [](Model& m) -> double& { return m.specificity_matches; }},
    {"prior.specificity.technique", [](Model& m) -> double& { return m.specificity_technique; }},
    {"prior.specificity.parent", [](Model& m) -> double& { return m.specificity_parent; }},
    {"prior.trials", [](Model& m) -> double& { return m.prior_trials; }, kMinTrials, kMaxTrials},
    {"prior.refit.min_rules", [](Model& m) -> double& { return m.refit_min_rules; }, 2, kMaxRules,
     true},
    {"prior.refit.min_mean", [](Model& m) -> double& { return m.refit_min_mean; }, 0.001, 0.5},
    {"prior.refit.max_mean", [](Model& m) -> double& { return m.refit_max_mean; }, 0.5, 0.999},
    {"prior.refit.min_trials", [](Model& m) -> double& { return m.refit_min_trials; }, kMinTrials,
     kMinRefitTrials},
    {"prior.refit.max_trials", [](Model& m) -> double& { return m.refit_max_trials; },
     kMinRefitTrials, kMaxTrials},
    {"evidence.weight.live",
     [](Model& m) -> double& { return weight_of(m, evidence::Kind::kLive); }},
    {"evidence.weight.replay",
     [](Model& m) -> double& { return weight_of(m, evidence::Kind::kReplay); }},
    {"evidence.weight.synthetic",
     [](Model& m) -> double& { return weight_of(m, evidence::Kind::kSynthetic); }},
    {"evidence.weight.tabletop",
     [](Model& m) -> double& { return weight_of(m, evidence::Kind::kTabletop); }},
    {"evidence.half_life_days", [](Model& m) -> double& { return m.half_life_days; }, 1, kMaxDays},
    {"evidence.expiry_days", [](Model& m) -> double& { return m.expiry_days; }, 1, kMaxDays},
    {"lower_bound", [](Model& m) -> double& { return m.lower_bound; }, 0.001, 0.5},
    {"proof.min_tested", [](Model& m) -> double& { return m.min_tested; }, 1, kMaxTrials, true},
    {"proof.min_share", [](Model& m) -> double& { return m.min_share; }},
};

// Groups and parameters, as far as they may stand below `prefix`: what a misspelt key may have
// meant.
std::vector<std::string> keys_below(std::string_view prefix) {
  std::set<std::string> keys;
  for (const Parameter& parameter : kParameters) {
    if (!parameter.name.starts_with(prefix)) continue;
    const std::string_view rest = parameter.name.substr(prefix.size());
    keys.emplace(rest.substr(0, rest.find('.')));
  }
  return {keys.begin(), keys.end()};
}

bool is_group(std::string_view name) { return !keys_below(std::string(name) + '.').empty(); }

Result<void> read_value(const Parameter& parameter, const YamlNode& node, const std::string& file,
                        Model& model) {
  const auto value = node.is_scalar() ? node.number() : std::nullopt;
  const bool is_whole = value && std::floor(*value) == *value;
  if (!value || !(*value >= parameter.least) || *value > parameter.most ||
      (parameter.is_whole && !is_whole)) {
    return fail(kBadModel,
                fmt::format("expected a {}number from {} to {} as '{}', came: {}",
                            parameter.is_whole ? "whole " : "", parameter.least, parameter.most,
                            parameter.name, node.is_scalar() ? escape_for_log(node.text) : "none"),
                node.place(file));
  }
  parameter.in(model) = *value;
  return {};
}

// Walks the mapping with a stack of (name so far, node); notes in `seen` what was read. The depth
// is the table's, since an unknown group ends the walk.
Result<void> read_mapping(const YamlNode& root, const std::string& file, Model& model,
                          std::set<std::string_view>& seen) {
  std::vector<std::pair<std::string, const YamlNode*>> open{{"", &root}};
  while (!open.empty()) {
    const auto [prefix, node] = std::move(open.back());
    open.pop_back();
    if (!node->is_mapping()) {
      return fail(kBadModel, "expected a mapping of parameters", node->place(file));
    }
    for (const auto& [key, value] : node->members) {
      const std::string name = prefix + key.text;
      const auto found = std::ranges::find(kParameters, name, &Parameter::name);
      if (found != std::end(kParameters)) {
        if (auto read = read_value(*found, value, file, model); !read) return read;
        seen.insert(found->name);
      } else if (is_group(name)) {
        open.emplace_back(name + '.', &value);
      } else {
        const auto keys = keys_below(prefix);
        const std::vector<std::string_view> candidates(keys.begin(), keys.end());
        return fail(text::kYamlUnknownKey, "no such parameter: " + escape_for_log(name),
                    key.place(file), text::did_you_mean(key.text, candidates));
      }
    }
  }
  return {};
}

}  // namespace

Result<Model> load_model(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kBadModel, "knowledge/intel/model.yml is missing");
  return parse_model(file->content, file->place);
}

Result<Model> parse_model(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  Model model;
  std::set<std::string_view> seen;
  if (auto read = read_mapping(*root, file, model, seen); !read) {
    return std::unexpected(read.error());
  }
  for (const Parameter& parameter : kParameters) {
    if (seen.contains(parameter.name)) continue;
    return fail(kBadModel, fmt::format("the parameter '{}' is missing", parameter.name),
                root->place(file));
  }
  return model;
}

Result<void> override_model(const text::YamlNode& node, const std::string& file, Model& model) {
  if (node.is_null()) return {};
  std::set<std::string_view> seen;
  return read_mapping(node, file, model, seen);
}

std::vector<std::string_view> parameter_names() {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : kParameters) names.push_back(parameter.name);
  return names;
}

}  // namespace nepho::coverage
