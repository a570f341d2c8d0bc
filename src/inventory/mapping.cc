// A claim is judged alone first (does ATT&CK have it, under which name today), then with the
// others: tactics of the other vocabulary need the techniques, and what is odd about the whole
// needs both.
#include "inventory/mapping.h"

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

// A claim's text, its place, and where what is found goes.
struct ClaimAt {
  std::string_view text;
  Place place;
  ClaimForm form;
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

// ATT&CK for Mobile began with these numbers, of which Enterprise never had one; the later ones of
// both lie between each other and cannot be told apart.
bool is_in_mobile_range(const TechniqueId& id) { return id.value >= "T1398" && id.value < "T1480"; }

bool is_of_atlas(std::string_view text) {
  constexpr std::string_view kPrefix = "AML.T";
  return text::equal_ignoring_case(text.substr(0, kPrefix.size()), kPrefix);
}

std::string fix_of(const TechniqueId& id, ClaimForm form) {
  return form == ClaimForm::kSigmaTag ? "attack." + text::fold_case(id.value) : id.value;
}

std::string fix_of(const attack::Tactic& tactic, ClaimForm form) {
  return form == ClaimForm::kSigmaTag ? "attack." + tactic.shortname : tactic.id.value;
}

void map_technique(const ClaimAt& claim, const Catalogue& catalogue) {
  const auto id = technique_id(claim.text);
  if (!id) {
    claim.add(Severity::kError, kMalformedTechnique,
              fmt::format("'{}' is no technique's id: expected T and four digits, for a "
                          "sub-technique a point and three more",
                          escape_for_log(claim.text)));
    return;
  }
  const Technique* technique = catalogue.find(*id);
  if (technique == nullptr && id->value.starts_with("T0")) {
    claim.add(Severity::kWarning, kOtherMatrix,
              fmt::format("{} is of ATT&CK for ICS, not of Enterprise", id->value));
  } else if (technique == nullptr && is_in_mobile_range(*id)) {
    claim.add(Severity::kWarning, kOtherMatrix,
              fmt::format("{} is a number of ATT&CK for Mobile, not of Enterprise", id->value));
  } else if (technique == nullptr) {
    claim.add(Severity::kError, kUnknownTechnique,
              fmt::format("ATT&CK {} has no technique {}", catalogue.version(), id->value));
  } else if (technique->is_active()) {
    claim.detection.techniques.push_back(id->value);
  } else if (const auto successor = catalogue.successor(*id)) {
    claim.detection.techniques.push_back(successor->value);
    claim.add(Severity::kWarning, kRetiredTechnique,
              fmt::format("{} was retired: it is {} now ({})", id->value, successor->value,
                          catalogue.find(*successor)->name),
              {}, fix_of(*successor, claim.form));
  } else {
    claim.add(Severity::kWarning, kDeprecatedTechnique,
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
bool map_renamed_tactic(std::string_view word, const ClaimAt& claim, const Catalogue& catalogue) {
  const auto candidates = other_vocabulary(word, catalogue);
  if (candidates.empty()) return false;
  const auto fitting = std::ranges::find_if(candidates, [&](const attack::Tactic* tactic) {
    return is_tactic_of(*tactic, claim.detection, catalogue);
  });
  const attack::Tactic& tactic = fitting == candidates.end() ? *candidates.back() : **fitting;
  claim.detection.tactics.push_back(tactic.id.value);
  claim.add(Severity::kNote, kRenamedTactic,
            fmt::format("ATT&CK {} has no tactic '{}': for this rule it is '{}'",
                        catalogue.version(), word, tactic.shortname),
            {}, fix_of(tactic, claim.form));
  return true;
}

// "DefenseEvasion", "Defense Evasion" and "defense_evasion" as "defense-evasion".
std::string joined_by_dashes(std::string_view text) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != 0 && is_upper(text[i]) && is_lower(text[i - 1])) word += '-';
    word += text[i] == '_' || text[i] == ' ' ? '-' : text[i];
  }
  return text::fold_case(word);
}

// Needs the rule's techniques.
void map_tactic(const ClaimAt& claim, const Catalogue& catalogue) {
  if (const attack::Tactic* tactic = catalogue.find_tactic(claim.text)) {
    claim.detection.tactics.push_back(tactic->id.value);
    return;
  }
  std::string word = joined_by_dashes(claim.text);
  if (const attack::Tactic* tactic = catalogue.find_tactic(word)) {
    claim.detection.tactics.push_back(tactic->id.value);
    return;
  }
  if (map_renamed_tactic(word, claim, catalogue)) return;
  if (attack::parse_tactic_id(claim.text)) {
    claim.add(Severity::kWarning, kUnknownTactic,
              fmt::format("ATT&CK {} has no tactic {}", catalogue.version(), claim.text));
    return;
  }
  std::vector<std::string_view> names;
  for (const attack::Tactic& tactic : catalogue.tactics()) names.push_back(tactic.shortname);
  claim.add(Severity::kWarning, kUnknownTag,
            fmt::format("'{}' is neither a technique nor a tactic", escape_for_log(claim.text)),
            text::did_you_mean(word, names));
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

void check_tactics(const std::vector<const Technique*>& techniques, const ClaimAt& at,
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

// A 't' or 'T' and then a digit: meant as a technique, however it goes on.
bool looks_like_technique(std::string_view text) {
  return text.size() > 1 && (text[0] == 't' || text[0] == 'T') && is_digit(text[1]);
}

void sort_once(std::vector<std::string>& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void map_claims(std::span<const Claim> claims, const std::string& file, ClaimForm form,
                const References& references, Detection& detection) {
  std::vector<ClaimAt> tactics;
  for (const Claim& claim : claims) {
    const ClaimAt at{
        claim.text, {.file = file, .line = claim.line, .column = claim.column}, form, detection};
    if (looks_like_technique(at.text)) {
      map_technique(at, references.catalogue);
    } else if (is_of_atlas(at.text)) {
      at.add(Severity::kWarning, kOtherMatrix,
             fmt::format("'{}' is of MITRE ATLAS, not of ATT&CK", escape_for_log(at.text)));
    } else {
      tactics.push_back(at);
    }
  }
  for (const ClaimAt& tactic : tactics) map_tactic(tactic, references.catalogue);
  sort_once(detection.techniques);
  sort_once(detection.tactics);
}

void check_mapping(const Place& place, const References& references, Detection& detection) {
  const ClaimAt at{{}, place, ClaimForm::kId, detection};
  const std::string hint =
      detection.format == "sigma" ? "add a tag like attack.t1078.004" : "add an id like T1078.004";
  if (detection.is_silent && detection.techniques.empty()) {
    // Its correlations name what is found.
  } else if (detection.techniques.empty() && detection.tactics.empty()) {
    at.add(Severity::kWarning, kUnmapped, "the rule names no technique", hint);
  } else if (detection.techniques.empty()) {
    at.add(Severity::kWarning, kTacticOnly, "the rule names tactics but no technique", hint);
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
