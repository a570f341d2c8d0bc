// From rule files of other products to detections.
#pragma once

#include <vector>

#include "inventory/detection.h"
#include "inventory/foreign_rule.h"
#include "inventory/references.h"
#include "inventory/rule_file.h"

namespace nepho::inventory {

// The detections of one file, in its order, held against ATT&CK as Sigma's are (mapping.h). None of
// them is runnable: the logic stays in the product's language. Their log sources
// are those that the rule says it reads, by a name that event::LogSources knows; none where it does
// not say. What keeps a file from being read to its end is one more detection, with that error and
// neither id nor name.
std::vector<Detection> import_rules(RuleFile file, const References& references);

// The same with the claims they were made of; `file.error` says what kept it from being read.
std::vector<ForeignRule> import_with_claims(RuleFile& file, const References& references);

}  // namespace nepho::inventory
