// The condition of a correlation: limits on a number, or a condition over the names of rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sigma/correlation.h"
#include "sigma/parse_context.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Reads `node` (nullptr: there is none) into the thresholds, fields, percentile and expression of
// `correlation`, whose type and rules are read already. Temporal types without a condition ask for
// all rules. `key` is where a missing condition is reported.
void read_correlation_condition(const text::YamlNode& key, const text::YamlNode* node,
                                const ParseContext& context, Correlation& correlation);

// The names in a written condition, each once, in their order; what is no condition has none.
std::vector<std::string> names_in_condition(std::string_view text);

}  // namespace nepho::sigma
