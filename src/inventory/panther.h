// Panther's detections: the YAML that stands beside the Python.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule, scheduled rule, correlation rule or policy a document; packs, globals, data models and
// queries are none. The mapping is in Reports under "MITRE ATT&CK", each entry "TACTIC:TECHNIQUE".
// A rule without log types (a correlation) has the providers of the rules that it refers to, as
// their ids begin.
std::vector<ForeignRule> read_panther(const RuleFile& file);

}  // namespace nepho::inventory
