// One line of a selection: from YAML to an Item.
#pragma once

#include <optional>
#include <vector>

#include "sigma/array_field.h"
#include "sigma/item.h"
#include "sigma/modifier.h"
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

  // The parts of a key that is to have a block below it: the last one has a selector, and there are
  // no modifiers.
  std::optional<std::vector<ArrayFieldPart>> parse_block_key(const text::YamlNode& key);

  // Keywords without a key: scalars, any of which is looked for. `scalars` must not be empty.
  std::optional<Item> parse_keywords(const std::vector<const text::YamlNode*>& scalars);

 private:
  std::optional<FieldKey> parse_key(const text::YamlNode& key);
  // The parts of `field`; one that is the field itself where arrays are not matched.
  std::optional<std::vector<ArrayFieldPart>> parts_of(const std::string& field,
                                                      const text::YamlNode& key);
  void warn_of_selector(const std::string& field, const text::YamlNode& key);

  const ParseContext& context_;
};

}  // namespace nepho::sigma
