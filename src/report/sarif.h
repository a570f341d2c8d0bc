// What is wrong with rules as SARIF 2.1.0, for code review (GitHub, GitLab, Azure DevOps).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "inventory/detection.h"

namespace nepho::report {

// One run with one result for each problem of the detections, then of `others` (files that could
// not be read). Levels are SARIF's; places without a line are the file's alone. Paths are as given,
// percent-encoded, so that who runs in the root of a checkout gets what a review expects. Codes
// that lint knows bring title, explanation and default level (inventory/lint_codes.h).
std::string sarif_of(std::span<const inventory::Detection> detections,
                     std::span<const Problem> others, std::string_view program_version);

}  // namespace nepho::report
