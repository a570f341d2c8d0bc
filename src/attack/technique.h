// What an adversary wants (tactic), how it is done (technique), and what hinders it (mitigation).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attack/date.h"
#include "attack/id.h"

namespace nepho::attack {

// Revoked: another id took its place (`revoked_by`). Deprecated: withdrawn, nothing took its place.
enum class Status : std::uint8_t { kActive, kRevoked, kDeprecated };

// "active", "revoked", "deprecated".
std::string_view to_string(Status status);

// One column of the matrix. ATT&CK keeps an id when it renames a tactic: TA0005 was
// "defense-evasion" until 18.1 and is "stealth" since 19.
struct Tactic {
  TacticId id;
  std::string shortname;  // "defense-impairment": what layers and Sigma tags use
  std::string name;       // "Defense Impairment"
};

struct Technique {
  TechniqueId id;
  std::string name;
  Status status = Status::kActive;
  TechniqueId revoked_by;              // the next id in the chain; empty unless revoked
  TechniqueId parent;                  // empty unless a sub-technique
  std::vector<TacticId> tactics;       // in the order of the matrix
  std::vector<std::string> platforms;  // sorted, as this version names them
  std::string version;                 // of the technique: "1.2"
  Date created = kNoDate;
  Date modified = kNoDate;

  bool is_active() const { return status == Status::kActive; }
  bool is_revoked() const { return status == Status::kRevoked; }
  bool is_subtechnique() const { return !parent.empty(); }
};

struct Mitigation {
  MitigationId id;
  std::string name;
  Status status = Status::kActive;
  std::vector<TechniqueId> techniques;  // that it mitigates; sorted
};

}  // namespace nepho::attack
