// Whose logs a Sigma rule reads.
#pragma once

#include "inventory/detection.h"
#include "inventory/references.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// Fills `detection.providers` and `log_sources` from the rule's logsource: by the log sources that
// are known, else (their formats not being known yet) the providers by Sigma's product names.
// A logsource of nobody known, and a field that is in no schema of the rule's sources, are
// problems. Of a correlation it is the logs of all rules it refers to.
void map_logsource(const sigma::Rule& rule, const References& references, Detection& detection);

}  // namespace nepho::inventory
