#include "inventory/rule_index.h"

#include <algorithm>
#include <map>
#include <utility>

#include "inventory/take.h"

namespace nepho::inventory {
namespace {

// The rules of one cell, each group of copies once: a copy may name what the one that stands for it
// does not.
class CellRules {
 public:
  void add(const Detection& detection) {
    const auto [known, is_new] = by_group_.emplace(detection.group, rules_.size());
    if (detection.group.empty() || is_new) {
      rules_.push_back(&detection);
    } else if (!detection.duplicate_of) {
      rules_[known->second] = &detection;
    }
  }
  std::vector<const Detection*> take() && { return std::move(rules_); }

 private:
  std::vector<const Detection*> rules_;
  std::map<std::string_view, std::size_t> by_group_;
};

}  // namespace

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
  std::map<std::pair<std::string, std::string>, CellRules> cells;
  for (const Detection& detection : detections) {
    if (!may_alert(detection)) continue;
    for (const std::string& technique : detection.techniques) {
      for (const std::string& provider : detection.providers)
        cells[{technique, provider}].add(detection);
      if (detection.providers.empty()) cells[{technique, ""}].add(detection);
    }
  }
  std::vector<NamedCell> out;
  out.reserve(cells.size());
  for (auto& [key, rules] : cells) out.push_back({key.first, key.second, std::move(rules).take()});
  return out;
}

}  // namespace nepho::inventory
