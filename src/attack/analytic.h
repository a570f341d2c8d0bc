// How ATT&CK says that a technique is seen (version 18 and later): a detection strategy for a
// technique has one analytic for each group of platforms, which reads log sources.
#pragma once

#include <string>
#include <vector>

#include "attack/id.h"
#include "attack/technique.h"

namespace nepho::attack {

// What is observed, apart from any product: "Network Traffic Flow".
struct DataComponent {
  DataComponentId id;
  std::string name;
  Status status = Status::kActive;
};

// A log source as ATT&CK names it, which is not our name: "AWS:CloudTrail", and in `channel` what
// in it tells ("CreateTrafficMirrorSession"). knowledge/providers.yml says whose it is.
struct LogSourceReference {
  DataComponentId data_component;
  std::string name;
  std::string channel;
  auto operator<=>(const LogSourceReference&) const = default;
};

struct Analytic {
  AnalyticId id;
  Status status = Status::kActive;
  std::vector<std::string> platforms;           // sorted
  std::vector<LogSourceReference> log_sources;  // in ATT&CK's order
};

struct DetectionStrategy {
  StrategyId id;
  std::string name;
  Status status = Status::kActive;
  std::vector<TechniqueId> techniques;  // that it detects; one as a rule
  std::vector<AnalyticId> analytics;    // sorted
};

}  // namespace nepho::attack
