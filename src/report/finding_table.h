// Findings as a table: for people a row a rule, for programs a row a finding.
#pragma once

#include <vector>

#include "detect/finding.h"
#include "plan/plan.h"
#include "report/finding_json.h"
#include "report/table.h"

namespace nepho::report {

// One row for each rule that fired, the gravest first: how often, from when to when, by whom (the
// actor with the most findings and how many others), where the first of them stands.
Table findings_by_rule(const plan::Plan& plan, const std::vector<detect::Finding>& findings,
                       const std::vector<RuleLabels>& labels);

// One row for each finding, in their order.
Table finding_rows(const plan::Plan& plan, const std::vector<detect::Finding>& findings,
                   const std::vector<RuleLabels>& labels);

}  // namespace nepho::report
