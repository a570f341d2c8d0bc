// The `detection` of a rule and the `filter` of a filter document: selections and their conditions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sigma/item.h"
#include "sigma/parse_context.h"
#include "text/yaml.h"

namespace nepho::sigma {

struct Detection {
  std::vector<Item> items;  // of all selections, used or not, in the order of the file
  Expression condition;     // several conditions joined by "or"
  std::string timeframe;    // of Sigma 1; has no effect
  bool is_negated = false;  // every condition is "not ..." at its root
  // Of the condition, those of array tests below its items included.
  std::size_t num_nodes = 0;
};

// Reads the mapping at `key`. A selection is a mapping (its lines joined by "and"), a list of
// mappings and keywords (joined by "or"), or one keyword. `other_keys` are names that are no
// selections.
//
// A selection whose name begins with "filter_optional" is by Sigma's convention an exception that
// not every organisation needs. One with a placeholder that nobody gave values for holds for no
// event: the rule runs without the exception, and a note says so. In any other selection such a
// placeholder is an error.
//
// With array matching a field with a selector (array_field.h) may have a block below it instead of
// values, which is asked of one element at a time: a mapping or a list of mappings as a selection
// has, or, when it has the key "condition", selections and conditions of its own. Keywords have no
// place there.
//
// None when anything is an error; all that is wrong is in the report.
std::optional<Detection> parse_detection(const text::YamlNode& key, const text::YamlNode& node,
                                         std::span<const std::string_view> other_keys,
                                         const ParseContext& context);

}  // namespace nepho::sigma
