// From MITRE's STIX bundle to a catalogue.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "attack/catalogue.h"
#include "base/result.h"

namespace nepho::attack {

inline constexpr ErrorCode kNoBundle{"attack.no_bundle"};
inline constexpr ErrorCode kNoTechniques{"attack.no_techniques"};

// What a bundle held. Every object is counted once under its type; what did not become part of the
// catalogue is in `skipped`, under its reason.
struct BundleCounts {
  std::map<std::string, std::size_t> objects;  // "attack-pattern", ...
  // "uses:malware->attack-pattern", ...
  std::map<std::string, std::size_t> relationships;
  std::map<std::string, std::size_t> skipped;
};

struct ImportedBundle {
  Catalogue catalogue;
  BundleCounts counts;
};

// Reads a STIX 2.0 or 2.1 bundle of any domain of ATT&CK. Versions 8.2 to 19.1 of Enterprise were
// tried; before 18 there are no analytics. A bundle without an x-mitre-collection (all of STIX 2.0)
// does not say its version: then it is empty. Relationships that are revoked or deprecated, or lead
// to something that is not in the bundle, are left out and counted.
//
// Fails, with the place, when the text is not JSON, not a bundle, or holds no technique. `file` is
// only for messages. Cost: the 38 MB of Enterprise 19.1 take about 0.3 s and 95 MB of memory.
Result<ImportedBundle> import_bundle(std::string text, const std::string& file);

}  // namespace nepho::attack
