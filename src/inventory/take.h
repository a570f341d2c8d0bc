// From rule files to detections.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "inventory/detection.h"
#include "inventory/references.h"
#include "sigma/load.h"

namespace nepho::inventory {

// The detection that a Sigma rule, correlation, or unreadable document is; nothing for filters and
// for YAML that is no Sigma.
std::optional<Detection> to_detection(const sigma::Document& document,
                                      const References& references);

// The techniques and tactics that to_detection() gives, at a thirtieth of its cost: for who runs
// the rule and asks nothing else about it.
struct Named {
  std::vector<std::string> techniques;
  std::vector<std::string> tactics;
};
Named named_by(const sigma::Rule& rule, const References& references);

struct Inventory {
  std::vector<Detection> detections;  // in the order of the files
  LoadReport report;  // what belongs to no detection: paths that mean nothing, filters, other YAML
};

// The detections of loaded documents; also for who runs the same rules (sigma::load_documents()).
Inventory take_documents(const std::vector<sigma::Document>& documents,
                         const References& references);

// Reads the files that `arguments` mean (base/files.h). One bad rule costs only itself.
Inventory take(const std::vector<std::string>& arguments, const sigma::LoadOptions& options,
               const References& references);

// Whether the problem came up while the rule was read, and not in what it maps to.
bool is_reading_problem(const Problem& problem);

}  // namespace nepho::inventory
