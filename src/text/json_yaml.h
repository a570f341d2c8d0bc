// JSON as the tree of text/yaml.h, for who reads rules that come in either.
#pragma once

#include "text/json.h"
#include "text/yaml.h"

namespace nepho::text {

// The whole document, each node with its line and column. Strings are quoted scalars; true, null
// and numbers are plain ones. `first_line` is the number of its first line, of a line of NDJSON. As
// deep as the document, which its reader bounds. O(size).
YamlNode yaml_of_json(const JsonDocument& document, std::size_t first_line = 1);

}  // namespace nepho::text
