// Facts come in any order (a bundle's), and leave this constructor in one: lists by id, each id
// once, tactics as the matrix has them. That order is what lets find() search by halves, and what
// makes the facts written out the same however a bundle was laid out. Looking for users or
// strategies walks through all of them: some thousands, for a person who asks about one technique.
#include "attack/catalogue.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>

namespace nepho::attack {
namespace {

// The facts we ship are in order already, and sorting moves whole objects.
template <typename Object>
void put_in_order(std::vector<Object>& objects) {
  const auto not_rising =
      std::ranges::adjacent_find(objects, std::ranges::greater_equal{}, &Object::id);
  if (not_rising == objects.end()) return;
  std::ranges::stable_sort(objects, {}, &Object::id);
  const auto repeats = std::ranges::unique(objects, {}, &Object::id);
  objects.erase(repeats.begin(), repeats.end());
}

template <typename Value>
void put_values_in_order(std::vector<Value>& values) {
  std::ranges::sort(values);
  const auto repeats = std::ranges::unique(values);
  values.erase(repeats.begin(), repeats.end());
}

template <typename Object, typename Key>
const Object* find_by_id(const std::vector<Object>& objects, const Key& id) {
  const auto found = std::ranges::lower_bound(objects, id, {}, &Object::id);
  return found == objects.end() || found->id != id ? nullptr : &*found;
}

bool contains(const std::vector<TechniqueId>& sorted, const TechniqueId& id) {
  return std::ranges::binary_search(sorted, id);
}

// Those of `objects` that are active and name the technique.
template <typename Object>
std::vector<const Object*> naming(const std::vector<Object>& objects, const TechniqueId& id) {
  std::vector<const Object*> found;
  for (const Object& object : objects) {
    if (object.status == Status::kActive && contains(object.techniques, id)) {
      found.push_back(&object);
    }
  }
  return found;
}

// What "Credential Access", "credential_access" and "credential-access" have in common.
std::string spelled_as_shortname(std::string_view text) {
  std::string shortname;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    shortname += c == ' ' || c == '_' ? '-' : upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return shortname;
}

void order_tactics(Technique& technique, const std::vector<Tactic>& tactics) {
  const auto place = [&](const TacticId& id) {
    return std::ranges::find(tactics, id, &Tactic::id);
  };
  std::ranges::sort(technique.tactics, [&](const TacticId& a, const TacticId& b) {
    return std::pair(place(a), a) < std::pair(place(b), b);
  });
  const auto repeats = std::ranges::unique(technique.tactics);
  technique.tactics.erase(repeats.begin(), repeats.end());
}

template <typename Actor>
void order_actors(std::vector<Actor>& actors) {
  put_in_order(actors);
  for (Actor& actor : actors) put_values_in_order(actor.techniques);
}

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::kActive: return "active";
    case Status::kRevoked: return "revoked";
    case Status::kDeprecated: return "deprecated";
  }
  return "active";
}

Catalogue::Catalogue(Facts facts) : facts_(std::move(facts)) {
  put_in_order(facts_.techniques);
  order_actors(facts_.groups);
  order_actors(facts_.campaigns);
  order_actors(facts_.software);
  order_actors(facts_.mitigations);
  order_actors(facts_.strategies);
  put_in_order(facts_.data_components);
  put_in_order(facts_.analytics);
  for (Group& group : facts_.groups) put_values_in_order(group.software);
  for (Campaign& campaign : facts_.campaigns) {
    put_values_in_order(campaign.software);
    put_values_in_order(campaign.groups);
  }
  for (Software& software : facts_.software) put_values_in_order(software.platforms);
  for (Analytic& analytic : facts_.analytics) put_values_in_order(analytic.platforms);
  for (DetectionStrategy& strategy : facts_.strategies) put_values_in_order(strategy.analytics);
  technique_index_.reserve(facts_.techniques.size());
  for (std::size_t i = 0; i < facts_.techniques.size(); ++i) {
    Technique& technique = facts_.techniques[i];
    put_values_in_order(technique.platforms);
    order_tactics(technique, facts_.tactics);
    technique_index_.emplace(technique.id, i);
  }
}

const Tactic* Catalogue::find_tactic(std::string_view text) const {
  if (const auto id = parse_tactic_id(text)) return find(*id);
  const auto found =
      std::ranges::find(facts_.tactics, spelled_as_shortname(text), &Tactic::shortname);
  return found == facts_.tactics.end() ? nullptr : &*found;
}

const Tactic* Catalogue::find(const TacticId& id) const {
  const auto found = std::ranges::find(facts_.tactics, id, &Tactic::id);
  return found == facts_.tactics.end() ? nullptr : &*found;
}

const Technique* Catalogue::find(const TechniqueId& id) const {
  const auto found = technique_index_.find(id);
  return found == technique_index_.end() ? nullptr : &facts_.techniques[found->second];
}

const Group* Catalogue::find(const GroupId& id) const { return find_by_id(facts_.groups, id); }
const Campaign* Catalogue::find(const CampaignId& id) const {
  return find_by_id(facts_.campaigns, id);
}
const Software* Catalogue::find(const SoftwareId& id) const {
  return find_by_id(facts_.software, id);
}
const Analytic* Catalogue::find(const AnalyticId& id) const {
  return find_by_id(facts_.analytics, id);
}
const DataComponent* Catalogue::find(const DataComponentId& id) const {
  return find_by_id(facts_.data_components, id);
}

std::vector<TechniqueId> Catalogue::replacements(const TechniqueId& id) const {
  std::vector<TechniqueId> chain;
  std::unordered_set<TechniqueId> seen{id};
  const Technique* technique = find(id);
  while (technique != nullptr && technique->is_revoked() && !technique->revoked_by.empty()) {
    if (!seen.insert(technique->revoked_by).second) break;
    chain.push_back(technique->revoked_by);
    technique = find(technique->revoked_by);
  }
  return chain;
}

std::optional<TechniqueId> Catalogue::successor(const TechniqueId& id) const {
  const auto chain = replacements(id);
  const TechniqueId& last = chain.empty() ? id : chain.back();
  const Technique* technique = find(last);
  if (technique == nullptr || !technique->is_active()) return std::nullopt;
  return last;
}

std::vector<const Technique*> Catalogue::subtechniques(const TechniqueId& parent) const {
  std::vector<const Technique*> found;
  for (const Technique& technique : facts_.techniques) {
    if (technique.is_active() && technique.parent == parent) found.push_back(&technique);
  }
  return found;
}

std::vector<const Technique*> Catalogue::techniques_of(const TacticId& tactic) const {
  std::vector<const Technique*> found;
  for (const Technique& technique : facts_.techniques) {
    if (technique.is_active() && std::ranges::count(technique.tactics, tactic) != 0) {
      found.push_back(&technique);
    }
  }
  return found;
}

std::vector<const Technique*> Catalogue::cloud_techniques(Scope scope) const {
  std::vector<const Technique*> found;
  for (const Technique& technique : facts_.techniques) {
    if (technique.is_active() && is_in(technique, scope)) found.push_back(&technique);
  }
  return found;
}

Users Catalogue::users_of(const TechniqueId& id) const {
  return {naming(facts_.groups, id), naming(facts_.campaigns, id), naming(facts_.software, id)};
}

std::vector<const Mitigation*> Catalogue::mitigations_of(const TechniqueId& id) const {
  return naming(facts_.mitigations, id);
}

std::vector<const DetectionStrategy*> Catalogue::strategies_of(const TechniqueId& id) const {
  return naming(facts_.strategies, id);
}

std::vector<const Analytic*> Catalogue::analytics_of(const TechniqueId& id) const {
  std::vector<const Analytic*> found;
  for (const DetectionStrategy* strategy : strategies_of(id)) {
    for (const AnalyticId& analytic_id : strategy->analytics) {
      const Analytic* analytic = find(analytic_id);
      if (analytic != nullptr && analytic->status == Status::kActive) found.push_back(analytic);
    }
  }
  std::ranges::sort(found, {}, [](const Analytic* analytic) { return analytic->id; });
  return found;
}

}  // namespace nepho::attack
