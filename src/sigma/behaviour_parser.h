// From YAML to the options of our own types of correlation.
#pragma once

#include <span>
#include <string_view>

#include "sigma/correlation.h"
#include "sigma/parse_context.h"
#include "text/yaml.h"

namespace nepho::sigma {

// The keys that a correlation of this type takes beside the standard's; none for Sigma's types.
std::span<const std::string_view> behaviour_keys(CorrelationType type);

// Reads them; to be called before the condition is read.
void read_behaviour(const text::YamlNode& node, const ParseContext& context,
                    Correlation& correlation);

// Whether the fields and the condition are those that the type asks for. `key` is the key
// "correlation".
void check_behaviour(const text::YamlNode& key, const text::YamlNode& node,
                     const ParseContext& context, Correlation& correlation);

}  // namespace nepho::sigma
