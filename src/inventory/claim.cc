// A claim is judged alone first: does ATT&CK have it, under which name today. Then tactics, with
// the techniques beside them: version 19 split one tactic in two, and which of them a rule means is
// told by its techniques.
#include "inventory/claim.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "inventory/mapping.h"
#include "inventory/other_matrix.h"
#include "inventory/problems.h"
#include "inventory/technique_name.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace nepho::inventory {
namespace {

using attack::Catalogue;
using attack::Tactic;
using attack::Technique;
using attack::TechniqueId;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "T1078.004", also written T1078/004.
std::optional<TechniqueId> technique_id(std::string_view text) {
  std::string id(text);
  std::replace(id.begin(), id.end(), '/', '.');
  return attack::parse_technique_id(id);
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

// ATT&CK 19 split "defense-evasion" (TA0005) into "stealth", which kept the id, and
// "defense-impairment" (TA0112); earlier versions know only the first. Gives the tactics of this
// version that a name or id of the three may mean, the one for want of better last.
std::vector<const Tactic*> split_tactics(std::string_view text, const Catalogue& catalogue) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"defense-impairment", "defense-evasion", "stealth"});
  const std::string word = joined_by_dashes(text);
  std::vector<const Tactic*> tactics;
  const bool is_one = std::ranges::count(kNames, word) != 0 || word == "ta0005" || word == "ta0112";
  if (!is_one) return tactics;
  for (const std::string_view name : kNames)
    if (const Tactic* tactic = catalogue.find_tactic(name)) tactics.push_back(tactic);
  return tactics;
}

// One rule's claims on their way to mappings.
class ClaimMapper {
 public:
  ClaimMapper(std::span<const Claim> claims, const std::string& file, ClaimForm form,
              const References& references, Detection& detection)
      : claims_(claims),
        file_(file),
        form_(form),
        references_(references),
        catalogue_(references.catalogue),
        detection_(detection) {}

  void map() {
    const std::size_t first = detection_.mappings.size();
    for (const Claim& claim : claims_) {
      const bool is_technique = looks_like_technique(claim.text) || is_of_atlas(claim.text);
      detection_.mappings.push_back({.written = claim.text,
                                     .is_tactic = !is_technique,
                                     .line = claim.line,
                                     .column = claim.column});
    }
    mappings_ = std::span(detection_.mappings).subspan(first);
    for (const bool of_tactics : {false, true})
      for (std::size_t i = 0; i < claims_.size(); ++i)
        if (mappings_[i].is_tactic == of_tactics)
          of_tactics ? map_tactic(claims_[i], mappings_[i])
                     : map_technique(claims_[i], mappings_[i]);
    for (const Mapping& mapping : mappings_) {
      if (mapping.current.empty()) continue;
      (mapping.is_tactic ? detection_.tactics : detection_.techniques).push_back(mapping.current);
    }
    sort_once(detection_.techniques);
    sort_once(detection_.tactics);
  }

 private:
  static bool is_of_atlas(std::string_view text) {
    constexpr std::string_view kPrefix = "AML.T";
    return text::equal_ignoring_case(text.substr(0, kPrefix.size()), kPrefix);
  }

  void add(Severity severity, ErrorCode code, std::string message, const Claim& claim,
           std::string hint = {}, std::string fix = {}) {
    const Place place{.file = file_, .line = claim.line, .column = claim.column};
    detection_.problems.push_back(
        {severity, Error(code, std::move(message), place, std::move(hint)), std::move(fix)});
  }

  void map_technique(const Claim& claim, Mapping& mapping) {
    const auto id = technique_id(claim.text);
    const Technique* technique = id ? catalogue_.find(*id) : nullptr;
    if (technique == nullptr) return map_unknown(claim, id, mapping);
    if (technique->is_active()) {
      mapping.current = id->value;
      check_name(claim, *technique, mapping);
    } else if (const auto successor = catalogue_.successor(*id)) {
      const Technique& now = *catalogue_.find(*successor);
      want(now, claim, mapping);
      add(Severity::kWarning, kRetiredTechnique,
          fmt::format("{} was retired: it is {} now ({})", id->value, now.id.value, now.name),
          claim, {}, fix_of(mapping));
    } else {
      add(Severity::kWarning, kDeprecatedTechnique,
          fmt::format("{} ({}) was withdrawn and nothing took its place", id->value,
                      technique->name),
          claim);
    }
  }

  // No technique of this version: another matrix's, another version's, or nobody's.
  void map_unknown(const Claim& claim, const std::optional<TechniqueId>& id, Mapping& mapping) {
    if (id && map_of_other_version(claim, *id, mapping)) return;
    if (const auto matrix = other_matrix_of(claim.text);
        !matrix.empty() && (id || is_of_atlas(claim.text)))
      return add(Severity::kWarning, kOtherMatrix,
                 fmt::format("'{}' is of {}, not of Enterprise ATT&CK", escape_for_log(claim.text),
                             matrix),
                 claim);
    if (id)
      return add(Severity::kError, kUnknownTechnique,
                 fmt::format("ATT&CK {} has no technique {}", catalogue_.version(), id->value),
                 claim, near_of(*id));
    add(Severity::kError, kMalformedTechnique,
        fmt::format("'{}' is no technique's id: expected T and four digits, for a sub-technique a "
                    "point and three more",
                    escape_for_log(claim.text)),
        claim);
  }

  // The parent of a sub-technique that never was (T1201.007) is the likeliest to be meant.
  std::string near_of(const TechniqueId& id) const {
    const std::string parent = id.value.substr(0, id.value.find('.'));
    const Technique* technique = catalogue_.find(TechniqueId{parent});
    if (parent == id.value || technique == nullptr) return {};
    return fmt::format("{} ({}) has {} sub-techniques", parent, technique->name,
                       catalogue_.subtechniques(technique->id).size());
  }

  bool map_of_other_version(const Claim& claim, const TechniqueId& id, Mapping& mapping) {
    if (references_.other_versions == nullptr) return false;
    const auto [version, technique] = references_.other_versions->find(id);
    if (technique == nullptr) return false;
    const auto here = references_.other_versions->predecessors(id, catalogue_);
    std::string hint;
    if (here.size() == 1) {
      want(*here.front(), claim, mapping);
    } else if (!here.empty()) {
      std::vector<std::string> ids;
      for (const Technique* one : here) ids.push_back(one->id.value);
      hint = fmt::format("in {} it is one of {}", catalogue_.version(), fmt::join(ids, ", "));
    }
    add(Severity::kWarning, kOtherVersion,
        fmt::format("{} ({}) is of ATT&CK {}; {} has no such id", id.value, technique->name,
                    version, catalogue_.version()),
        claim, std::move(hint), fix_of(mapping));
    return true;
  }

  // What is to stand there is `technique`, written as the claim is.
  void want(const Technique& technique, const Claim& claim, Mapping& mapping) {
    mapping.current = technique.id.value;
    mapping.wanted = technique.id.value;
    if (form_ == ClaimForm::kSigmaTag || claim.text.starts_with('t')) mapping.wanted[0] = 't';
    if (claim.text.find('/') != std::string::npos) std::ranges::replace(mapping.wanted, '.', '/');
    if (!claim.name.empty()) mapping.wanted_name = name_like(claim.name, technique, catalogue_);
  }

  std::string fix_of(const Mapping& mapping) const {
    const bool is_tag = form_ == ClaimForm::kSigmaTag && !mapping.wanted.empty();
    return (is_tag ? "attack." : "") + mapping.wanted;
  }

  void check_name(const Claim& claim, const Technique& technique, Mapping& mapping) {
    if (claim.name.empty() || is_name_of(claim.name, technique, catalogue_)) return;
    Claim at = claim;
    at.line = claim.name_line;
    at.column = claim.name_column;
    const auto old =
        references_.other_versions == nullptr
            ? attack::ElsewhereKnown{}
            : references_.other_versions->find_name(technique.id, claim.name, is_same_name);
    if (old.technique != nullptr) {
      mapping.wanted_name = name_like(claim.name, technique, catalogue_);
      return add(
          Severity::kNote, kNameMismatch,
          fmt::format("'{}' was the name of {} in ATT&CK {}; now it is '{}'",
                      escape_for_log(claim.name), technique.id.value, old.version, technique.name),
          at, {}, mapping.wanted_name);
    }
    add(Severity::kWarning, kNameMismatch,
        fmt::format("{} is '{}', not '{}'", technique.id.value, technique.name,
                    escape_for_log(claim.name)),
        at, owner_of(claim.name));
  }

  // Whose name it is, for the reader to decide which of the two is meant.
  std::string owner_of(std::string_view name) const {
    for (const Technique& technique : catalogue_.facts().techniques)
      if (technique.is_active() && is_name_of(name, technique, catalogue_))
        return fmt::format("that is {}; which is meant?", technique.id.value);
    return {};
  }

  void map_tactic(const Claim& claim, Mapping& mapping) {
    const Tactic* tactic = catalogue_.find_tactic(claim.text);
    if (tactic == nullptr) tactic = catalogue_.find_tactic(joined_by_dashes(claim.text));
    const auto candidates = split_tactics(claim.text, catalogue_);
    const Tactic* meant = candidates.empty() ? nullptr : meant_of(candidates, tactic, claim);
    // An id that both versions have means what it meant to whoever wrote it: TA0005 beside
    // techniques of Defense Impairment only is Defense Evasion.
    const bool stays =
        tactic != nullptr && (meant == nullptr || !attack::parse_tactic_id(claim.text));
    if (stays) meant = tactic;
    if (meant == nullptr) return map_no_tactic(claim);
    mapping.current = meant->id.value;
    if (meant == tactic) return check_tactic_name(claim, *tactic, mapping);
    want_tactic(*meant, claim, mapping);
    add(Severity::kNote, kRenamedTactic,
        fmt::format("ATT&CK {} {} '{}': for this rule it is '{}'", catalogue_.version(),
                    tactic == nullptr ? "has no tactic" : "split the tactic",
                    escape_for_log(claim.text), meant->name),
        claim,
        form_ == ClaimForm::kOwnTactics ? "the product's list of tactics decides" : std::string(),
        form_ == ClaimForm::kSigmaTag && !mapping.wanted.empty() ? "attack." + mapping.wanted
                                                                 : mapping.wanted);
  }

  // Of the candidates the written one if a technique beside it has it, else the first that one has,
  // else the written one or the one for want of better.
  const Tactic* meant_of(const std::vector<const Tactic*>& candidates, const Tactic* written,
                         const Claim& claim) const {
    if (written != nullptr && is_tactic_beside(*written, claim)) return written;
    for (const Tactic* candidate : candidates)
      if (is_tactic_beside(*candidate, claim)) return candidate;
    return written != nullptr ? written : candidates.back();
  }

  bool is_tactic_beside(const Tactic& tactic, const Claim& claim) const {
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (mappings_[i].is_tactic || mappings_[i].current.empty()) continue;
      if (claim.group != 0 && claims_[i].group != claim.group) continue;
      const Technique* technique = catalogue_.find(TechniqueId{mappings_[i].current});
      if (technique != nullptr && std::ranges::count(technique->tactics, tactic.id) != 0)
        return true;
    }
    return false;
  }

  void want_tactic(const Tactic& tactic, const Claim& claim, Mapping& mapping) const {
    if (form_ == ClaimForm::kOwnTactics) return;
    mapping.wanted =
        form_ == ClaimForm::kSigmaTag ? tactic.shortname : tactic_like(claim.text, tactic);
    if (!claim.name.empty()) mapping.wanted_name = tactic_like(claim.name, tactic);
  }

  void check_tactic_name(const Claim& claim, const Tactic& tactic, Mapping& mapping) {
    if (claim.name.empty() || is_same_name(claim.name, tactic.name)) return;
    Claim at = claim;
    at.line = claim.name_line;
    at.column = claim.name_column;
    const bool is_old = !split_tactics(claim.name, catalogue_).empty() &&
                        catalogue_.find_tactic(joined_by_dashes(claim.name)) == nullptr;
    if (is_old) mapping.wanted_name = tactic_like(claim.name, tactic);
    add(is_old ? Severity::kNote : Severity::kWarning, kNameMismatch,
        fmt::format("{} is '{}' in ATT&CK {}, not '{}'", tactic.id.value, tactic.name,
                    catalogue_.version(), escape_for_log(claim.name)),
        at, {}, mapping.wanted_name);
  }

  void map_no_tactic(const Claim& claim) {
    if (attack::parse_tactic_id(claim.text))
      return add(Severity::kWarning, kUnknownTactic,
                 fmt::format("ATT&CK {} has no tactic {}", catalogue_.version(), claim.text),
                 claim);
    std::vector<std::string_view> names;
    for (const Tactic& tactic : catalogue_.tactics()) names.push_back(tactic.shortname);
    add(Severity::kWarning, kUnknownTag,
        fmt::format("'{}' is neither a technique nor a tactic", escape_for_log(claim.text)), claim,
        text::did_you_mean(joined_by_dashes(claim.text), names));
  }

  std::span<const Claim> claims_;
  const std::string& file_;
  ClaimForm form_;
  const References& references_;
  const Catalogue& catalogue_;
  Detection& detection_;
  std::span<Mapping> mappings_;
};

}  // namespace

// A 't' or 'T' and then a digit: meant as a technique, however it goes on.
bool looks_like_technique(std::string_view text) {
  return text.size() > 1 && (text[0] == 't' || text[0] == 'T') && is_digit(text[1]);
}

void map_claims(std::span<const Claim> claims, const std::string& file, ClaimForm form,
                const References& references, Detection& detection) {
  ClaimMapper(claims, file, form, references, detection).map();
}

}  // namespace nepho::inventory
