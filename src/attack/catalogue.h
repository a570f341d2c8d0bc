// One version of ATT&CK with everything looked up in it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attack/facts.h"
#include "attack/platform.h"

namespace nepho::attack {

// Who uses a technique; each list by id.
struct Users {
  std::vector<const Group*> groups;
  std::vector<const Campaign*> campaigns;
  std::vector<const Software*> software;
};

// Immutable; many threads may read it. Pointers given out live as long as the catalogue, also when
// it is moved. Lists of techniques hold active ones only, by id, unless it says otherwise.
class Catalogue {
 public:
  // Brings the lists into order (see Facts) and drops repeated ids, the first one staying.
  explicit Catalogue(Facts facts);
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;
  Catalogue(Catalogue&&) = default;
  Catalogue& operator=(Catalogue&&) = default;

  const Facts& facts() const { return facts_; }
  const std::string& version() const { return facts_.version; }

  // In the order of the matrix.
  std::span<const Tactic> tactics() const { return facts_.tactics; }
  // The tactic meant by an id, a shortname or a name, in any case, words joined by '-', '_' or a
  // blank ("TA0006", "credential-access", "Credential Access"). nullptr when this version has none.
  const Tactic* find_tactic(std::string_view text) const;
  const Tactic* find(const TacticId& id) const;

  // The technique with this id, retired or not; nullptr when this version has none.
  const Technique* find(const TechniqueId& id) const;
  const Group* find(const GroupId& id) const;
  const Campaign* find(const CampaignId& id) const;
  const Software* find(const SoftwareId& id) const;
  const Analytic* find(const AnalyticId& id) const;
  const DataComponent* find(const DataComponentId& id) const;

  // The ids that took the place of `id`, one after the other (T1073: T1574.002, T1574.001). Empty
  // for an active, deprecated or unknown id. A chain that runs in a circle ends where it would
  // repeat.
  std::vector<TechniqueId> replacements(const TechniqueId& id) const;
  // The active technique that `id` stands for: itself, or the end of its replacements. Nothing when
  // the id is unknown, or the chain ends at a deprecated or unknown one or in a circle.
  std::optional<TechniqueId> successor(const TechniqueId& id) const;

  std::vector<const Technique*> subtechniques(const TechniqueId& parent) const;
  std::vector<const Technique*> techniques_of(const TacticId& tactic) const;
  // The 152 techniques of the cloud matrix in 19.1, 170 with containers; subs among them.
  std::vector<const Technique*> cloud_techniques(Scope scope = Scope::kCloud) const;

  // O(all uses), about 50 us for Enterprise.
  Users users_of(const TechniqueId& id) const;
  std::vector<const Mitigation*> mitigations_of(const TechniqueId& id) const;
  std::vector<const DetectionStrategy*> strategies_of(const TechniqueId& id) const;
  // The analytics of all its strategies, by id. Empty in versions before 18.
  std::vector<const Analytic*> analytics_of(const TechniqueId& id) const;

 private:
  Facts facts_;
  std::unordered_map<TechniqueId, std::size_t> technique_index_;
};

}  // namespace nepho::attack
