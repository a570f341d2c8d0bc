// Reads the `correlation` of a document.
#pragma once

#include <optional>

#include "sigma/correlation.h"
#include "sigma/parse_context.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Reads the mapping under "correlation" of `root`:
//
//   type: event_count|value_count|temporal|temporal_ordered|value_sum|value_avg|value_percentile
//         |value_median, or one of our own: x_new_value|x_burst|x_volume|x_rare|x_velocity
//   rules: id, name or title, or a list of them; a temporal type with a written condition may leave
//          them out
//   group-by: a field or a list; none: all events are one group
//   aliases: {alias: {rule: field}}
//   timespan: 90s, 15m, 2h, 7d
//   generate: true|false (also at the top of the document)
//   condition: {gt|gte|lt|lte|eq|neq: number ...; field: a field or, for value_count, a list;
//              percentile: 0..100}, or for temporal types a condition over the rules' names
//   field, x_...: of our own types (behaviour_parser.h)
//
// None when anything is an error; all that is wrong is in the report. References are not resolved
// yet (correlation_link.h).
std::optional<Correlation> parse_correlation(const text::YamlNode& root,
                                             const ParseContext& context);

}  // namespace nepho::sigma
