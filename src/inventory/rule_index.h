// The inventory the other way round: which rules name a technique, on which provider.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/detection.h"

namespace nepho::inventory {

// Whether the rule may alert: it is switched on, could be read, and is no building block of a
// correlation. Rules of other products are taken at their word.
bool may_alert(const Detection& detection);

// Whether the rule names the technique, or a sub-technique of it.
bool names_technique(const Detection& detection, std::string_view technique);

// The rules that name one technique for one provider. `provider` is empty for rules that are for
// none that is known. Points into the detections.
struct NamedCell {
  std::string technique;
  std::string provider;
  std::vector<const Detection*> rules;  // that may alert, copies of one once; in their order
};

// One entry for each pair that a rule names itself (a parent's tag is no tag of its subs'), by
// technique and provider. O(n log n) in the pairs.
std::vector<NamedCell> rules_by_technique(std::span<const Detection> detections);

}  // namespace nepho::inventory
