// Findings as a table: for people a row a rule, for programs a row a finding.
#pragma once

#include <vector>

#include "detect/finding.h"
#include "report/finding_json.h"
#include "report/table.h"

namespace nepho::report {

// One row for each rule that fired, the gravest first: how often, from when to when (dates only
// where they differ), by whom (the actor with the most findings and how many others) and, where a
// correlation is among them, what its first finding measured. With `with_places` also where the
// first of them stands, which takes much room.
Table findings_by_rule(const FindingNames& names, const detect::Findings& findings,
                       bool with_places);

// One row for each finding, in their order.
Table finding_rows(const FindingNames& names, const detect::Findings& findings);

}  // namespace nepho::report
