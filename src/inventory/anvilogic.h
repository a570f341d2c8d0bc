// Anvilogic's detections, YAML: one file for each language that a detection is written in.
#pragma once

#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a document. `technique_id` is a list or, in some files, the text of one; `techniques`
// tell the tactics ("impact:endpoint denial of service"). The format has no level.
std::vector<ForeignRule> read_anvilogic(const RuleFile& file);

}  // namespace nepho::inventory
