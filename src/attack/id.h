// The ids of ATT&CK's objects, each its own type: a technique's id never travels as a tactic's.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nepho::attack {

// An id as ATT&CK writes it. Ordered as text, which puts sub-techniques behind their parent. A
// plain value; that it is well-formed is the matter of whoever made it (parse_technique_id, the
// importer).
template <typename Kind>
struct Id {
  std::string value;
  auto operator<=>(const Id&) const = default;
  bool empty() const { return value.empty(); }
};

using TechniqueId = Id<struct TechniqueKind>;          // "T1078.004"
using TacticId = Id<struct TacticKind>;                // "TA0005"
using GroupId = Id<struct GroupKind>;                  // "G0016"
using CampaignId = Id<struct CampaignKind>;            // "C0024"
using SoftwareId = Id<struct SoftwareKind>;            // "S0677"
using MitigationId = Id<struct MitigationKind>;        // "M1032"
using StrategyId = Id<struct StrategyKind>;            // "DET0403"
using AnalyticId = Id<struct AnalyticKind>;            // "AN1131"
using DataComponentId = Id<struct DataComponentKind>;  // "DC0078"

// "T1078.004" or "t1078.004", nothing around it; upper case in the result. Nothing for any other
// text.
std::optional<TechniqueId> parse_technique_id(std::string_view text);

// "TA0005", "ta0005", as above.
std::optional<TacticId> parse_tactic_id(std::string_view text);

// Whether the id names a sub-technique ("T1078.004").
bool is_subtechnique(const TechniqueId& id);

// "T1078" of "T1078.004"; of a technique, itself.
TechniqueId parent_of(const TechniqueId& id);

}  // namespace nepho::attack

template <typename Kind>
struct std::hash<nepho::attack::Id<Kind>> {
  std::size_t operator()(const nepho::attack::Id<Kind>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
