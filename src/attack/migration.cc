#include "attack/migration.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nepho::attack {
namespace {

// What shares its content across versions: release notes of ATT&CK 19 (April 2026). The first of a
// pair keeps its id.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSplit{{
    {"defense-evasion", "stealth"},
    {"defense-evasion", "defense-impairment"},
    {"stealth", "defense-evasion"},
    {"defense-impairment", "defense-evasion"},
}};

std::string shortname_of(std::string_view text) {
  std::string shortname(text);
  std::ranges::transform(shortname, shortname.begin(), [](char c) {
    if (c == '_' || c == ' ') return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return shortname;
}

}  // namespace

TechniqueFate fate_of(const Catalogue& target, const TechniqueId& id) {
  const Technique* technique = target.find(id);
  if (technique == nullptr) return {Fate::kUnknown, {}};
  if (technique->is_active()) return {Fate::kCurrent, id};
  const auto successor = target.successor(id);
  if (!successor) return {Fate::kWithdrawn, {}};
  return {Fate::kReplaced, *successor};
}

std::vector<const Tactic*> tactics_meant(const Catalogue& target, std::string_view text) {
  if (const Tactic* tactic = target.find_tactic(text)) return {tactic};
  std::vector<const Tactic*> meant;
  for (const auto& [from, to] : kSplit) {
    if (from != shortname_of(text)) continue;
    if (const Tactic* tactic = target.find_tactic(to)) meant.push_back(tactic);
  }
  return meant;
}

std::vector<const Tactic*> tactics_in_use(const Catalogue& target,
                                          std::span<const Tactic* const> meant,
                                          std::span<const TechniqueId> techniques) {
  std::vector<const Tactic*> in_use;
  for (const Tactic* tactic : meant) {
    const bool used = std::ranges::any_of(techniques, [&](const TechniqueId& id) {
      const Technique* technique = target.find(id);
      return technique != nullptr && std::ranges::count(technique->tactics, tactic->id) != 0;
    });
    if (used) in_use.push_back(tactic);
  }
  return in_use;
}

}  // namespace nepho::attack
