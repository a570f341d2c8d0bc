#include "inventory/rule_index.h"

#include <algorithm>
#include <map>
#include <utility>

#include "inventory/take.h"

namespace nepho::inventory {

bool may_alert(const Detection& detection) {
  if (!detection.enabled || detection.is_silent) return false;
  if (detection.format == "sigma") return detection.runnable;
  return std::ranges::none_of(detection.problems, [](const Problem& problem) {
    return problem.severity == Severity::kError && is_reading_problem(problem);
  });
}

bool names_technique(const Detection& detection, std::string_view technique) {
  return std::ranges::any_of(detection.techniques, [&](std::string_view id) {
    return id == technique || (id.starts_with(technique) && id.size() > technique.size() &&
                               id[technique.size()] == '.');
  });
}

std::vector<NamedCell> rules_by_technique(std::span<const Detection> detections) {
  std::map<std::pair<std::string, std::string>, std::vector<const Detection*>> cells;
  for (const Detection& detection : detections) {
    if (!may_alert(detection) || detection.duplicate_of) continue;
    for (const std::string& technique : detection.techniques) {
      for (const std::string& provider : detection.providers)
        cells[{technique, provider}].push_back(&detection);
      if (detection.providers.empty()) cells[{technique, ""}].push_back(&detection);
    }
  }
  std::vector<NamedCell> out;
  out.reserve(cells.size());
  for (auto& [key, rules] : cells) out.push_back({key.first, key.second, std::move(rules)});
  return out;
}

}  // namespace nepho::inventory
