// Every id that either version has is looked at in both. Only what is active counts as being there:
// an id that is active before and not after has been retired, and how is asked of the newer
// version. Names and tactics are compared as texts; platforms by what they are called today, since
// a platform that was renamed for all techniques is no change of each.
#include "attack/difference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace nepho::attack {
namespace {

std::string tactics_of(const Technique& technique, const Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const TacticId& id : technique.tactics) {
    const Tactic* tactic = catalogue.find(id);
    names.push_back(tactic == nullptr ? std::string_view(id.value) : tactic->shortname);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string platforms_of(const Technique& technique) {
  std::set<std::string_view> names;
  for (const std::string& name : technique.platforms) names.insert(current_platform(name));
  return fmt::format("{}", fmt::join(names, ", "));
}

bool is_active(const Technique* technique) {
  return technique != nullptr && technique->is_active();
}

class Comparison {
 public:
  Comparison(const Catalogue& from, const Catalogue& to) : from_(from), to_(to) {}

  void compare(const TechniqueId& id) {
    const Technique* before = from_.find(id);
    const Technique* after = to_.find(id);
    if (is_active(before) && is_active(after)) {
      compare_active(*before, *after);
    } else if (is_active(after)) {
      add(*after, DifferenceKind::kAdded, {}, tactics_of(*after, to_));
    } else if (is_active(before)) {
      retire(*before, after);
    }
  }

  std::vector<Difference> take() { return std::move(differences_); }

 private:
  void add(const Technique& technique, DifferenceKind kind, std::string before, std::string after) {
    differences_.push_back(
        {technique.id, kind, technique.name, std::move(before), std::move(after)});
  }

  void retire(const Technique& before, const Technique* after) {
    if (after == nullptr) return add(before, DifferenceKind::kRemoved, {}, {});
    if (!after->is_revoked()) return add(before, DifferenceKind::kDeprecated, {}, {});
    const auto successor = to_.successor(before.id);
    add(before, DifferenceKind::kRevoked, {}, successor ? successor->value : std::string());
  }

  void compare_active(const Technique& before, const Technique& after) {
    const auto note = [&](DifferenceKind kind, const std::string& old, const std::string& now) {
      if (old != now) add(after, kind, old, now);
    };
    note(DifferenceKind::kRenamed, before.name, after.name);
    note(DifferenceKind::kTactics, tactics_of(before, from_), tactics_of(after, to_));
    note(DifferenceKind::kPlatforms, platforms_of(before), platforms_of(after));
  }

  const Catalogue& from_;
  const Catalogue& to_;
  std::vector<Difference> differences_;
};

std::set<TechniqueId> all_ids(const Catalogue& a, const Catalogue& b) {
  std::set<TechniqueId> ids;
  for (const Technique& technique : a.facts().techniques) ids.insert(technique.id);
  for (const Technique& technique : b.facts().techniques) ids.insert(technique.id);
  return ids;
}

}  // namespace

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kAdded: return "added";
    case DifferenceKind::kRevoked: return "revoked";
    case DifferenceKind::kDeprecated: return "deprecated";
    case DifferenceKind::kRemoved: return "removed";
    case DifferenceKind::kRenamed: return "renamed";
    case DifferenceKind::kTactics: return "tactics";
    case DifferenceKind::kPlatforms: return "platforms";
  }
  return "added";
}

std::vector<Difference> compare(const Catalogue& from, const Catalogue& to) {
  Comparison comparison(from, to);
  for (const TechniqueId& id : all_ids(from, to)) comparison.compare(id);
  return comparison.take();
}

std::vector<Difference> compare(const Catalogue& from, const Catalogue& to, Scope scope) {
  Comparison comparison(from, to);
  for (const TechniqueId& id : all_ids(from, to)) {
    const Technique* before = from.find(id);
    const Technique* after = to.find(id);
    const bool counts =
        (is_active(before) && is_in(*before, scope)) || (is_active(after) && is_in(*after, scope));
    if (counts) comparison.compare(id);
  }
  return comparison.take();
}

}  // namespace nepho::attack
