// One line of a selection: from YAML to an Item.
#pragma once

#include <optional>
#include <vector>

#include "sigma/item.h"
#include "sigma/parse_context.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Reads selections' lines of one document. Everything wrong with a line goes to the report, with
// its place; the line is then none.
class ItemParser {
 public:
  explicit ItemParser(const ParseContext& context) : context_(context) {}

  // `key: values`, where the key holds the modifiers and `values` is a scalar or a list of them.
  std::optional<Item> parse(const text::YamlNode& key, const text::YamlNode& values);

  // Keywords without a key: scalars, any of which is looked for. `scalars` must not be empty.
  std::optional<Item> parse_keywords(const std::vector<const text::YamlNode*>& scalars);

 private:
  const ParseContext& context_;
};

}  // namespace nepho::sigma
