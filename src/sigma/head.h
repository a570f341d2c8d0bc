// What rules, correlations and filters have in common: title, id, tags, level and the like.
#pragma once

#include "sigma/parse_context.h"
#include "sigma/rule.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Fills `rule` but for its detection from the document's top level. A missing title is an error; an
// unknown level or status, a malformed id and a key that is nearly one of Sigma's are warnings
// (specification 2.1 allows keys of one's own).
void parse_head(const text::YamlNode& root, const ParseContext& context, Rule& rule);

// Reads `logsource`. Anything but a mapping with a product, category or service is an error.
void parse_logsource(const text::YamlNode& root, const ParseContext& context, Logsource& logsource);

}  // namespace nepho::sigma
