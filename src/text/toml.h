// TOML documents as trees: the tree of text/yaml.h, so that who reads rules need not care which of
// the two languages they are written in.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "text/yaml.h"

namespace nepho::text {

inline constexpr ErrorCode kTomlSyntax{"toml.syntax"};
inline constexpr ErrorCode kTomlTooDeep{"toml.too_deep"};
inline constexpr ErrorCode kTomlTooLarge{"toml.too_large"};

// Reads one TOML 1.0 document. Tables are mappings, their members in the order of the file; strings
// are quoted scalars, booleans and numbers plain ones; dates and times are strings. Every node has
// the place it was written at. A byte order mark is accepted; bad UTF-8, a repeated key and
// whatever else TOML forbids is an error with its place. Held to `max_rule_bytes`, and nesting and
// values to `max_yaml_depth` and `max_yaml_nodes`. Cost: about 60 ns a byte.
Result<YamlNode> parse_toml(std::string_view text, const std::string& file,
                            const Limits& limits = kDefaultLimits);

}  // namespace nepho::text
