// What versions of ATT&CK beside the loaded one say of an id or a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "base/knowledge.h"

namespace nepho::attack {

// A technique as another version has it. The pointer is into the OtherVersions.
struct ElsewhereKnown {
  std::string_view version;
  const Technique* technique = nullptr;
};

// The built-in versions but one, with their matrices only. Immutable; many threads may read it.
class OtherVersions {
 public:
  // All that the knowledge has and that can be read, but `loaded`. Cost: about 1 ms a version.
  static OtherVersions load(const Knowledge& knowledge, std::string_view loaded);

  // The newest version that has the id active. Its `technique` is nullptr where none does.
  ElsewhereKnown find(const TechniqueId& id) const;
  // The newest version in which this id has the name `written`, as `is_same` compares the two;
  // `technique` is nullptr where it never had.
  ElsewhereKnown find_name(const TechniqueId& id, std::string_view written,
                           bool (*is_same)(std::string_view, std::string_view)) const;
  // The techniques of `target` that `id`, which `target` does not have, took the place of: what to
  // call it there. Empty when no version says.
  std::vector<const Technique*> predecessors(const TechniqueId& id, const Catalogue& target) const;

 private:
  std::vector<Catalogue> catalogues_;  // newest first
};

}  // namespace nepho::attack
