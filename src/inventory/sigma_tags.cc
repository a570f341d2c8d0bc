// A tag is judged alone first (does ATT&CK have it, under which name today), then with the others:
// tactics of the other vocabulary need the techniques, and what is odd about the whole needs both.
#include "inventory/sigma_tags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "inventory/problems.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace nepho::inventory {
namespace {

using attack::Catalogue;
using attack::Technique;
using attack::TechniqueId;

// A tag's text, its place, and where what is found goes.
struct TagAt {
  std::string_view text;  // behind "attack."
  Place place;
  Detection& detection;

  void add(Severity severity, ErrorCode code, std::string message, std::string hint = {},
           std::string fix = {}) const {
    detection.problems.push_back(
        {severity, Error(code, std::move(message), place, std::move(hint)), std::move(fix)});
  }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "T1078.004", also written T1078/004.
std::optional<TechniqueId> technique_id(std::string_view text) {
  std::string id(text);
  std::replace(id.begin(), id.end(), '/', '.');
  return attack::parse_technique_id(id);
}

// A 't' or 'T' and then a digit: meant as a technique, however it goes on.
bool looks_like_technique(std::string_view text) {
  return text.size() > 1 && (text[0] == 't' || text[0] == 'T') && is_digit(text[1]);
}

// Groups, software, data sources, data components, campaigns, mitigations, detection strategies.
bool is_other_object(std::string_view text) {
  constexpr auto kPrefixes =
      std::to_array<std::string_view>({"g", "s", "ds", "dc", "c", "m", "det", "an"});
  const auto first_digit = std::find_if(text.begin(), text.end(), is_digit);
  const std::string prefix =
      text::fold_case(text.substr(0, static_cast<std::size_t>(first_digit - text.begin())));
  return first_digit != text.end() && std::all_of(first_digit, text.end(), is_digit) &&
         std::ranges::count(kPrefixes, prefix) != 0;
}

std::string tag_of(const TechniqueId& id) { return "attack." + text::fold_case(id.value); }

void map_technique(const TagAt& tag, const Catalogue& catalogue) {
  const auto id = technique_id(tag.text);
  if (!id) {
    tag.add(Severity::kError, kMalformedTechnique,
            fmt::format("'{}' is no technique's id: expected T and four digits, for a "
                        "sub-technique a point and three more",
                        escape_for_log(tag.text)));
    return;
  }
  const Technique* technique = catalogue.find(*id);
  if (technique == nullptr && id->value.starts_with("T0")) {
    tag.add(Severity::kWarning, kOtherMatrix,
            fmt::format("{} is of ATT&CK for ICS, not of Enterprise", id->value));
  } else if (technique == nullptr) {
    tag.add(Severity::kError, kUnknownTechnique,
            fmt::format("ATT&CK {} has no technique {}", catalogue.version(), id->value));
  } else if (technique->is_active()) {
    tag.detection.techniques.push_back(id->value);
  } else if (const auto successor = catalogue.successor(*id)) {
    tag.detection.techniques.push_back(successor->value);
    tag.add(Severity::kWarning, kRetiredTechnique,
            fmt::format("{} was retired: it is {} now ({})", id->value, successor->value,
                        catalogue.find(*successor)->name),
            {}, tag_of(*successor));
  } else {
    tag.add(Severity::kWarning, kDeprecatedTechnique,
            fmt::format("{} ({}) was withdrawn and nothing took its place", id->value,
                        technique->name));
  }
}

// ATT&CK 19 split "defense-evasion" into "stealth" (which kept TA0005) and "defense-impairment";
// earlier versions know only the old name. Gives the tactics that a name of the other vocabulary
// may mean here, the one for want of better last.
std::vector<const attack::Tactic*> other_vocabulary(std::string_view word,
                                                    const Catalogue& catalogue) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"defense-impairment", "defense-evasion", "stealth"});
  std::vector<const attack::Tactic*> tactics;
  if (std::ranges::count(kNames, word) == 0) return tactics;
  for (const std::string_view name : kNames)
    if (const attack::Tactic* tactic = catalogue.find_tactic(name)) tactics.push_back(tactic);
  return tactics;
}

bool is_tactic_of(const attack::Tactic& tactic, const Detection& detection,
                  const Catalogue& catalogue) {
  return std::ranges::any_of(detection.techniques, [&](const std::string& id) {
    const Technique* technique = catalogue.find(TechniqueId{id});
    return technique != nullptr && std::ranges::count(technique->tactics, tactic.id) != 0;
  });
}

// A tactic by the name of another version: what the rule's techniques make of it.
bool map_renamed_tactic(std::string_view word, const TagAt& tag, const Catalogue& catalogue) {
  const auto candidates = other_vocabulary(word, catalogue);
  if (candidates.empty()) return false;
  const auto fitting = std::ranges::find_if(candidates, [&](const attack::Tactic* tactic) {
    return is_tactic_of(*tactic, tag.detection, catalogue);
  });
  const attack::Tactic& tactic = fitting == candidates.end() ? *candidates.back() : **fitting;
  tag.detection.tactics.push_back(tactic.id.value);
  tag.add(Severity::kNote, kRenamedTactic,
          fmt::format("ATT&CK {} has no tactic '{}': for this rule it is '{}'", catalogue.version(),
                      word, tactic.shortname),
          {}, "attack." + tactic.shortname);
  return true;
}

// Needs the rule's techniques.
void map_tactic(const TagAt& tag, const Catalogue& catalogue) {
  if (const attack::Tactic* tactic = catalogue.find_tactic(tag.text)) {
    tag.detection.tactics.push_back(tactic->id.value);
    return;
  }
  std::string word = text::fold_case(tag.text);
  std::replace(word.begin(), word.end(), '_', '-');
  if (map_renamed_tactic(word, tag, catalogue)) return;
  if (attack::parse_tactic_id(tag.text)) {
    tag.add(Severity::kWarning, kUnknownTactic,
            fmt::format("ATT&CK {} has no tactic {}", catalogue.version(), tag.text));
    return;
  }
  std::vector<std::string_view> names;
  for (const attack::Tactic& tactic : catalogue.tactics()) names.push_back(tactic.shortname);
  tag.add(Severity::kWarning, kUnknownTag,
          fmt::format("'{}' is neither a technique nor a tactic", escape_for_log(tag.text)),
          text::did_you_mean(word, names));
}

void sort_once(std::vector<std::string>& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// The techniques of the detection, all of which the catalogue has.
std::vector<const Technique*> techniques_of(const Detection& detection,
                                            const Catalogue& catalogue) {
  std::vector<const Technique*> techniques;
  for (const std::string& id : detection.techniques)
    if (const Technique* technique = catalogue.find(TechniqueId{id}))
      techniques.push_back(technique);
  return techniques;
}

bool is_on_provider(const Technique& technique, const References& references,
                    const Detection& detection) {
  if (references.applicability != nullptr) {
    for (const std::string& id : detection.providers) {
      const attack::Provider* provider = references.providers.find(id);
      if (provider != nullptr &&
          references.applicability->of(technique, *provider).applies == attack::Applies::kYes)
        return true;
    }
  }
  const auto on = references.providers.on_platforms_of(technique);
  return std::ranges::any_of(on, [&](const attack::Provider* provider) {
    return std::ranges::count(detection.providers, provider->id) != 0;
  });
}

void check_tactics(const std::vector<const Technique*>& techniques, const TagAt& at,
                   const Catalogue& catalogue) {
  if (techniques.empty()) return;
  for (const std::string& tactic : at.detection.tactics) {
    const bool fits = std::ranges::any_of(techniques, [&](const Technique* technique) {
      return std::ranges::count(technique->tactics, attack::TacticId{tactic}) != 0;
    });
    if (!fits)
      at.add(Severity::kWarning, kTacticMismatch,
             fmt::format("none of the rule's techniques has the tactic {} ({})",
                         catalogue.find(attack::TacticId{tactic})->name, tactic));
  }
}

}  // namespace

void map_tags(const sigma::Rule& rule, const References& references, Detection& detection) {
  constexpr std::string_view kNamespace = "attack.";
  std::vector<TagAt> tactics;
  for (const sigma::Tag& tag : rule.tags) {
    if (!text::equal_ignoring_case(std::string_view(tag.text).substr(0, kNamespace.size()),
                                   kNamespace))
      continue;
    const TagAt at{std::string_view(tag.text).substr(kNamespace.size()),
                   {.file = rule.place.file, .line = tag.line, .column = tag.column},
                   detection};
    if (looks_like_technique(at.text)) {
      map_technique(at, references.catalogue);
    } else if (!is_other_object(at.text)) {
      tactics.push_back(at);
    }
  }
  for (const TagAt& tactic : tactics) map_tactic(tactic, references.catalogue);
  sort_once(detection.techniques);
  sort_once(detection.tactics);
}

void check_mapping(const Place& place, const References& references, Detection& detection) {
  const TagAt at{{}, place, detection};
  if (detection.is_silent && detection.techniques.empty()) {
    // Its correlations name what is found.
  } else if (detection.techniques.empty() && detection.tactics.empty()) {
    at.add(Severity::kWarning, kUnmapped, "the rule names no technique",
           "add a tag like attack.t1078.004");
  } else if (detection.techniques.empty()) {
    at.add(Severity::kWarning, kTacticOnly, "the rule names tactics but no technique",
           "add a tag like attack.t1078.004");
  }
  const auto techniques = techniques_of(detection, references.catalogue);
  for (const Technique* technique : techniques) {
    if (!detection.providers.empty() && !is_on_provider(*technique, references, detection))
      at.add(Severity::kWarning, kNotOnPlatform,
             fmt::format("ATT&CK has {} ({}) on {}, which is not {}", technique->id.value,
                         technique->name, fmt::join(technique->platforms, ", "),
                         fmt::join(detection.providers, " or ")));
    const auto subs = references.catalogue.subtechniques(technique->id);
    // Parent and sub together say that the rule means both.
    if (std::ranges::any_of(subs, [&](const Technique* sub) {
          return std::ranges::count(detection.techniques, sub->id.value) != 0;
        }))
      continue;
    const auto fitting = std::ranges::count_if(
        subs, [&](const Technique* sub) { return is_on_provider(*sub, references, detection); });
    if (fitting != 0)
      at.add(Severity::kNote, kParentOnly,
             fmt::format("{} has {} sub-techniques on this platform; one may say it better",
                         technique->id.value, fitting));
  }
  check_tactics(techniques, at, references.catalogue);
  constexpr std::size_t kManyIds = 5;  // rule-formats: beyond it a mapping says little
  if (detection.techniques.size() > kManyIds)
    at.add(Severity::kNote, kManyTechniques,
           fmt::format("the rule names {} techniques", detection.techniques.size()));
}

}  // namespace nepho::inventory
