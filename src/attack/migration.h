// What old ids and old names of tactics are called in another version of ATT&CK.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "base/problem.h"
#include "text/edit.h"

namespace nepho::attack {

inline constexpr ErrorCode kWithdrawnTechnique{"attack.withdrawn_technique"};
inline constexpr ErrorCode kUnknownTechnique{"attack.unknown_technique"};
inline constexpr ErrorCode kNotInPlace{"attack.cannot_change_in_place"};

// What became of an id. kWithdrawn: deprecated, or replaced by one that was; nothing stands for it.
enum class Fate : std::uint8_t { kCurrent, kReplaced, kWithdrawn, kUnknown };

struct TechniqueFate {
  Fate fate = Fate::kUnknown;
  TechniqueId id;  // the current one, for kCurrent and kReplaced
};

// One thing that was changed: "T1562.008", "T1685.002". `to` is empty for what was taken out.
struct Change {
  std::size_t line = 0;
  std::string from;
  std::string to;
};

// A text brought to the catalogue's version: the edits that do it, what they change in words, and
// what could not be brought over, with its place.
struct Migrated {
  std::vector<text::Edit> edits;
  std::vector<Change> changes;
  LoadReport report;
};

TechniqueFate fate_of(const Catalogue& target, const TechniqueId& id);

// The tactics of `target` that the tactic meant by `text` was split into or joined with; a tactic
// that `target` has is itself. Empty when the text names no tactic of any version. Version 19 made
// "stealth" and "defense-impairment" of "defense-evasion".
std::vector<const Tactic*> tactics_meant(const Catalogue& target, std::string_view text);

// Those of `meant` that one of `techniques` (current ids) is in.
std::vector<const Tactic*> tactics_in_use(const Catalogue& target,
                                          std::span<const Tactic* const> meant,
                                          std::span<const TechniqueId> techniques);

}  // namespace nepho::attack
