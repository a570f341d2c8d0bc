// Splunk's savedsearches.conf: the searches of an app, with what Enterprise Security keeps of them.
#pragma once

#include <string_view>
#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a stanza that has a search and annotations or a risk score; other searches are no
// detections. The mapping is "mitre_attack" in action.correlationsearch.annotations, JSON in one
// line or continued by '\'.
std::vector<ForeignRule> read_savedsearches(const RuleFile& file);

// Whether the text has stanzas and the keys of Enterprise Security.
bool is_savedsearches(std::string_view text);

}  // namespace nepho::inventory
