// Judged once providers, techniques and tactics are known, and from them alone: how the rule writes
// them is the matter of claim.cc.
#include "inventory/mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "attack/release.h"
#include "inventory/problems.h"

namespace nepho::inventory {
namespace {

using attack::Technique;
using attack::TechniqueId;

// A rule, its place, and where what is found goes.
struct RuleAt {
  const Place& place;
  const References& references;
  Detection& detection;

  void add(Severity severity, ErrorCode code, std::string message, std::string hint = {}) const {
    detection.problems.push_back(
        {severity, Error(code, std::move(message), place, std::move(hint)), {}});
  }
};

// The techniques of the detection, all of which the catalogue has.
std::vector<const Technique*> techniques_of(const RuleAt& rule) {
  std::vector<const Technique*> techniques;
  for (const std::string& id : rule.detection.techniques)
    if (const Technique* technique = rule.references.catalogue.find(TechniqueId{id}))
      techniques.push_back(technique);
  return techniques;
}

bool is_on_provider(const Technique& technique, const RuleAt& rule) {
  const References& references = rule.references;
  if (references.applicability != nullptr) {
    for (const std::string& id : rule.detection.providers) {
      const attack::Provider* provider = references.providers.find(id);
      if (provider != nullptr &&
          references.applicability->of(technique, *provider).applies == attack::Applies::kYes)
        return true;
    }
  }
  const auto on = references.providers.on_platforms_of(technique);
  return std::ranges::any_of(on, [&](const attack::Provider* provider) {
    return std::ranges::count(rule.detection.providers, provider->id) != 0;
  });
}

void check_presence(const RuleAt& rule) {
  const Detection& detection = rule.detection;
  const std::string hint =
      detection.format == "sigma" ? "add a tag like attack.t1078.004" : "add an id like T1078.004";
  if (!detection.techniques.empty()) return;
  if (detection.is_silent) return;  // its correlations name what is found
  if (detection.tactics.empty()) {
    rule.add(Severity::kWarning, kUnmapped, "the rule names no technique", hint);
  } else {
    rule.add(Severity::kWarning, kTacticOnly, "the rule names tactics but no technique", hint);
  }
}

void check_platform(const Technique& technique, const RuleAt& rule) {
  if (rule.detection.providers.empty() || is_on_provider(technique, rule)) return;
  rule.add(Severity::kWarning, kNotOnPlatform,
           fmt::format("ATT&CK has {} ({}) on {}, which is not {}", technique.id.value,
                       technique.name, fmt::join(technique.platforms, ", "),
                       fmt::join(rule.detection.providers, " or ")));
}

void check_subtechniques(const Technique& technique, const RuleAt& rule) {
  const auto subs = rule.references.catalogue.subtechniques(technique.id);
  // Parent and sub together say that the rule means both.
  if (std::ranges::any_of(subs, [&](const Technique* sub) {
        return std::ranges::count(rule.detection.techniques, sub->id.value) != 0;
      }))
    return;
  const auto fitting =
      std::ranges::count_if(subs, [&](const Technique* sub) { return is_on_provider(*sub, rule); });
  if (fitting != 0)
    rule.add(
        Severity::kNote, kParentOnly,
        fmt::format("{} has {} on this platform; {} may say it better", technique.id.value,
                    fitting == 1 ? "a sub-technique" : fmt::format("{} sub-techniques", fitting),
                    fitting == 1 ? "it" : "one"));
}

bool has_tactic(const Technique& technique, const std::string& tactic) {
  return std::ranges::count(technique.tactics, attack::TacticId{tactic}) != 0;
}

std::string name_of(const std::string& tactic, const RuleAt& rule) {
  return fmt::format("{} ({})", rule.references.catalogue.find(attack::TacticId{tactic})->name,
                     tactic);
}

// Of a tactic that stands for the rule as a whole, one technique must have it.
void check_tactics(const std::vector<const Technique*>& techniques,
                   const std::vector<std::string>& tactics, const RuleAt& rule) {
  if (techniques.empty()) return;
  for (const std::string& tactic : tactics) {
    if (std::ranges::none_of(techniques,
                             [&](const Technique* one) { return has_tactic(*one, tactic); }))
      rule.add(
          Severity::kWarning, kTacticMismatch,
          fmt::format("none of the rule's techniques has the tactic {}", name_of(tactic, rule)));
  }
}

std::string names_of(const std::vector<attack::TacticId>& tactics, const RuleAt& rule) {
  std::vector<std::string> names;
  for (const attack::TacticId& tactic : tactics) names.push_back(name_of(tactic.value, rule));
  return fmt::format("{}", fmt::join(names, ", "));
}

// Of a group, each technique must have the tactic.
void check_group(std::size_t group, const std::string& tactic, std::span<const Claim> claims,
                 const RuleAt& rule) {
  Detection& detection = rule.detection;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Mapping& mapping = detection.mappings[i];
    if (claims[i].group != group || mapping.is_tactic || mapping.current.empty()) continue;
    const Technique* technique = rule.references.catalogue.find(TechniqueId{mapping.current});
    if (technique == nullptr || has_tactic(*technique, tactic)) continue;
    const Place place{.file = rule.place.file, .line = claims[i].line, .column = claims[i].column};
    RuleAt{place, rule.references, detection}.add(
        Severity::kWarning, kTacticMismatch,
        fmt::format("{} ({}) is not in the tactic {}", mapping.current, technique->name,
                    name_of(tactic, rule)),
        "it is in " + names_of(technique->tactics, rule));
  }
}

void check_all_tactics(std::span<const Claim> claims,
                       const std::vector<const Technique*>& techniques, const RuleAt& rule) {
  std::vector<std::string> of_whole_rule;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Mapping& mapping = rule.detection.mappings[i];
    if (!mapping.is_tactic || mapping.current.empty()) continue;
    if (claims[i].group == 0) {
      of_whole_rule.push_back(mapping.current);
    } else {
      check_group(claims[i].group, mapping.current, claims, rule);
    }
  }
  sort_once(of_whole_rule);
  check_tactics(techniques, of_whole_rule, rule);
}

// Whether it counts, and should.
void check_state(const RuleAt& rule) {
  const Detection& detection = rule.detection;
  if (!detection.enabled) {
    rule.add(Severity::kNote, kDisabledRule,
             "the rule is switched off: what it maps to is not covered by it",
             "switch it on, or leave it out of the count");
  } else if (detection.status == "experimental") {
    rule.add(Severity::kNote, kExperimentalRule,
             "the rule is on trial (experimental) and counts like a proven one",
             "prove it with nepho validate, or set its status");
  }
}

void check_age(const RuleAt& rule) {
  constexpr int kOldVersions = 6;  // three years of ATT&CK, which has two a year; a guess
  const auto changed = attack::parse_date(rule.detection.last_changed);
  if (!changed.ok()) return;
  const int missed = attack::num_releases_between(changed, rule.references.catalogue.version());
  if (missed >= kOldVersions)
    rule.add(Severity::kNote, kOldRule,
             fmt::format("last changed on {}; ATT&CK had {} versions since",
                         rule.detection.last_changed, missed),
             "look whether its techniques are still what it finds");
}

}  // namespace

void sort_once(std::vector<std::string>& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void check_mapping(std::span<const Claim> claims, const Place& place, const References& references,
                   Detection& detection) {
  const RuleAt rule{place, references, detection};
  check_presence(rule);
  const auto techniques = techniques_of(rule);
  for (const Technique* technique : techniques) {
    check_platform(*technique, rule);
    check_subtechniques(*technique, rule);
  }
  check_all_tactics(claims, techniques, rule);
  constexpr std::size_t kManyIds = 5;  // rule-formats: beyond it a mapping says little
  if (detection.techniques.size() > kManyIds)
    rule.add(Severity::kNote, kManyTechniques,
             fmt::format("the rule names {} techniques", detection.techniques.size()));
  if (techniques.empty()) return;  // nothing that could count, or be out of date
  check_state(rule);
  check_age(rule);
}

}  // namespace nepho::inventory
