// What changes for techniques from one version of ATT&CK to another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"

namespace nepho::attack {

// kRemoved: the other version does not have the id at all, which MITRE avoids.
enum class DifferenceKind : std::uint8_t {
  kAdded,
  kRevoked,
  kDeprecated,
  kRemoved,
  kRenamed,
  kTactics,
  kPlatforms
};

// "added", "revoked", "deprecated", "removed", "renamed", "tactics", "platforms".
std::string_view to_string(DifferenceKind kind);

// One thing that changed for one technique; a technique may have several. `before` and `after` are
// names, tactics (shortnames) or platforms joined by ", ". For kAdded `after` holds the tactics,
// for kRevoked the id of the successor.
struct Difference {
  TechniqueId id;
  DifferenceKind kind = DifferenceKind::kAdded;
  std::string name;  // in the newer of the two versions that has it active
  std::string before;
  std::string after;
};

// By id, then by kind. Tactics are compared by shortname, so a tactic that was renamed or split
// shows; platforms by their current names. Only techniques active in one of the two count, and with
// a scope only those that are in it in one of the two.
std::vector<Difference> compare(const Catalogue& from, const Catalogue& to);
std::vector<Difference> compare(const Catalogue& from, const Catalogue& to, Scope scope);

}  // namespace nepho::attack
