// Findings in the format that was asked for.
#pragma once

#include "cli/session.h"
#include "detect/finding.h"
#include "report/finding_json.h"

namespace nepho::cli {

// Writes all findings to the session's output: a row a rule for people, a row or an object a
// finding for programs.
void write_findings(Session& session, const report::FindingNames& names,
                    const detect::Findings& findings);

}  // namespace nepho::cli
