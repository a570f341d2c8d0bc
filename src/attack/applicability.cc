// The first that has something to say decides: the user, our curated exceptions (with the cells
// that another provider serves), the procedure catalogue, ATT&CK's analytics, ATT&CK's platforms.
#include "attack/applicability.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "attack/technique_pattern.h"
#include "base/printable.h"
#include "text/nearest.h"
#include "text/yaml_keys.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kPath = "applicability.yml";
constexpr std::array kAllApplies{Applies::kYes, Applies::kNo, Applies::kUnknown};

std::optional<Applies> parse_applies(std::string_view text) {
  for (const Applies applies : kAllApplies) {
    if (to_string(applies) == text) return applies;
  }
  return std::nullopt;
}

bool is_about(const ApplicabilityException& exception, const TechniqueId& technique,
              std::string_view provider) {
  return std::ranges::count(exception.providers, provider) != 0 &&
         std::ranges::any_of(exception.techniques, [&](const std::string& pattern) {
           return matches_pattern(pattern, technique);
         });
}

// The last exception about the cell, or nullptr.
const ApplicabilityException* last_about(const std::vector<ApplicabilityException>& exceptions,
                                         const Technique& technique, const Provider& provider) {
  for (auto it = exceptions.rbegin(); it != exceptions.rend(); ++it) {
    if (is_about(*it, technique.id, provider.id)) return &*it;
  }
  return nullptr;
}

bool shares_platform(const std::vector<std::string>& platforms, const Provider& provider) {
  return std::ranges::any_of(platforms, [&](const std::string& name) {
    return std::ranges::count(provider.platforms, current_platform(name)) != 0;
  });
}

std::unexpected<Error> bad(std::string message, const text::YamlNode& node, const std::string& file,
                           std::string hint = {}) {
  return fail(kBadApplicability, std::move(message), node.place(file), std::move(hint));
}

Result<ApplicabilityException> read_exception(const text::YamlNode& node,
                                              const Providers& providers, const std::string& file) {
  if (auto known = text::expect_keys(node, {"techniques", "providers", "applies", "reason"}, file);
      !known) {
    return std::unexpected(known.error());
  }
  ApplicabilityException exception{.techniques = node.texts_at("techniques"),
                                   .providers = node.texts_at("providers"),
                                   .reason = std::string(node.text_at("reason"))};
  const auto applies = parse_applies(node.text_at("applies"));
  if (!applies) return bad("'applies' must be yes, no or unknown", node, file);
  exception.applies = *applies;
  if (exception.techniques.empty() || exception.providers.empty() || exception.reason.empty()) {
    return bad("an exception needs techniques, providers and a reason", node, file);
  }
  for (const std::string& pattern : exception.techniques) {
    if (is_technique_pattern(pattern)) continue;
    return bad("no technique id or pattern: " + escape_for_log(pattern), node, file);
  }
  for (const std::string& provider : exception.providers) {
    if (providers.find(provider) != nullptr) continue;
    return bad("no such provider: " + escape_for_log(provider), node, file,
               text::did_you_mean(provider, providers.ids()));
  }
  return exception;
}

Applicability from(const ApplicabilityException& exception, Origin origin) {
  return {.applies = exception.applies, .origin = origin, .reason = exception.reason};
}

}  // namespace

std::string_view to_string(Applies applies) {
  switch (applies) {
    case Applies::kYes: return "yes";
    case Applies::kNo: return "no";
    case Applies::kUnknown: return "unknown";
  }
  return "unknown";
}

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::kUser: return "user";
    case Origin::kCurated: return "curated";
    case Origin::kProcedures: return "procedures";
    case Origin::kAnalytics: return "analytics";
    case Origin::kPlatform: return "platform";
  }
  return "platform";
}

ApplicabilityModel::ApplicabilityModel(const Catalogue& catalogue, const Providers& providers)
    : catalogue_(catalogue), providers_(providers) {
  for (const DetectionStrategy& strategy : catalogue.facts().strategies) {
    if (strategy.status != Status::kActive) continue;
    for (const AnalyticId& id : strategy.analytics) {
      const Analytic* analytic = catalogue.find(id);
      if (analytic == nullptr || analytic->status != Status::kActive) continue;
      for (const LogSourceReference& log_source : analytic->log_sources) {
        for (const Provider* provider : providers.with_log_source(log_source.name)) {
          if (!shares_platform(analytic->platforms, *provider)) continue;
          for (const TechniqueId& technique : strategy.techniques) {
            analytics_[technique].emplace(provider->id, log_source.name);
          }
        }
      }
    }
  }
}

Result<void> ApplicabilityModel::load_curated(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kBadApplicability, "knowledge/applicability.yml is missing");
  return parse_curated(file->content, file->place);
}

Result<void> ApplicabilityModel::parse_curated(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  if (auto known = text::expect_keys(*root, {"exceptions"}, file); !known) return known;
  const text::YamlNode* list = root->find("exceptions");
  if (list == nullptr || !list->is_sequence()) return bad("expected a list", *root, file);
  for (const text::YamlNode& node : list->items) {
    auto exception = read_exception(node, providers_, file);
    if (!exception) return std::unexpected(exception.error());
    curated_.push_back(std::move(*exception));
  }
  return {};
}

void ApplicabilityModel::add_override(ApplicabilityException exception) {
  overrides_.push_back(std::move(exception));
}

void ApplicabilityModel::add_procedure(const TechniqueId& technique, std::string_view provider) {
  procedures_[technique].emplace_back(provider);
}

Applicability ApplicabilityModel::of(const Technique& technique, const Provider& provider) const {
  if (const auto* said = last_about(overrides_, technique, provider)) {
    return from(*said, Origin::kUser);
  }
  if (const auto* said = last_about(curated_, technique, provider)) {
    return from(*said, Origin::kCurated);
  }
  const bool listed = shares_platform(technique.platforms, provider);
  if (const auto serving = providers_.served_by(technique, provider); listed && !serving.empty()) {
    return {Applies::kNo, Origin::kCurated,
            fmt::format("identities of {} live in {}: counted there", provider.name,
                        providers_.find(serving)->name),
            std::string(serving)};
  }
  if (const auto known = procedures_.find(technique.id);
      known != procedures_.end() && std::ranges::count(known->second, provider.id) != 0) {
    return {Applies::kYes, Origin::kProcedures, "a procedure is known", {}};
  }
  if (!listed) {
    return {Applies::kNo,
            Origin::kPlatform,
            fmt::format("ATT&CK lists {} on no platform of {}", technique.id.value, provider.name),
            {}};
  }
  if (const auto read = analytics_.find(technique.id); read != analytics_.end()) {
    if (const auto log_source = read->second.find(provider.id); log_source != read->second.end()) {
      return {Applies::kYes,
              Origin::kAnalytics,
              fmt::format("ATT&CK's analytics for it read {}", log_source->second),
              {}};
    }
  }
  if (const std::string_view platform = own_platform(technique, provider); !platform.empty()) {
    return {Applies::kYes,
            Origin::kPlatform,
            fmt::format("ATT&CK lists it on {}, which is {} alone here", platform, provider.name),
            {}};
  }
  return {Applies::kUnknown,
          Origin::kPlatform,
          "ATT&CK names the platform only, which several providers share",
          {}};
}

std::string_view ApplicabilityModel::own_platform(const Technique& technique,
                                                  const Provider& provider) const {
  for (const std::string& name : technique.platforms) {
    const std::string_view platform = current_platform(name);
    if (std::ranges::count(provider.platforms, platform) == 0) continue;
    const auto sharing = std::ranges::count_if(providers_.all(), [&](const Provider& other) {
      return std::ranges::count(other.platforms, platform) != 0;
    });
    if (sharing == 1) return platform;
  }
  return {};
}

std::vector<const Technique*> ApplicabilityModel::techniques_on(const Provider& provider,
                                                                Scope scope) const {
  std::vector<const Technique*> found;
  for (const Technique* technique : catalogue_.cloud_techniques(scope)) {
    if (shares_platform(technique->platforms, provider) ||
        of(*technique, provider).applies != Applies::kNo) {
      found.push_back(technique);
    }
  }
  return found;
}

}  // namespace nepho::attack
