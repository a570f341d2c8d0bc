#include "attack/other_versions.h"

#include <algorithm>
#include <ranges>

#include "attack/library.h"

namespace nepho::attack {

OtherVersions OtherVersions::load(const Knowledge& knowledge, std::string_view loaded) {
  OtherVersions others;
  for (const std::string& version : std::views::reverse(known_versions(knowledge))) {
    if (version == loaded) continue;
    auto catalogue = load_catalogue(knowledge, version, Detail::kMatrix);
    // One that cannot be read is an error of whoever asks for it with --attack.
    if (catalogue) others.catalogues_.push_back(*std::move(catalogue));
  }
  return others;
}

ElsewhereKnown OtherVersions::find(const TechniqueId& id) const {
  for (const Catalogue& catalogue : catalogues_) {
    const Technique* technique = catalogue.find(id);
    if (technique != nullptr && technique->is_active()) return {catalogue.version(), technique};
  }
  return {};
}

ElsewhereKnown OtherVersions::find_name(const TechniqueId& id, std::string_view written,
                                        bool (*is_same)(std::string_view, std::string_view)) const {
  for (const Catalogue& catalogue : catalogues_) {
    const Technique* technique = catalogue.find(id);
    if (technique != nullptr && is_same(technique->name, written))
      return {catalogue.version(), technique};
  }
  return {};
}

std::vector<const Technique*> OtherVersions::predecessors(const TechniqueId& id,
                                                          const Catalogue& target) const {
  for (const Catalogue& catalogue : catalogues_) {
    std::vector<const Technique*> found;
    for (const Technique& old : catalogue.facts().techniques) {
      if (!old.is_revoked() || old.revoked_by != id) continue;
      const Technique* here = target.find(old.id);
      if (here != nullptr && here->is_active()) found.push_back(here);
    }
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace nepho::attack
