// One value of a line, under the line's modifiers.
#pragma once

#include <string>
#include <vector>

#include "sigma/modifier.h"
#include "sigma/parse_context.h"
#include "sigma/value.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Turns scalars into values. Modifiers work on the value in the order they are written
// (specification 2.1, "Value Modifiers"), but for `expand`, whose values are put in before anything
// else. References must outlive the parser.
class ValueParser {
 public:
  ValueParser(const FieldKey& key, const ParseContext& context) : key_(key), context_(context) {}

  // Appends what `scalar` stands for: none of it when something is wrong, which is then in the
  // report, and several when modifiers multiply it.
  bool parse(const text::YamlNode& scalar, std::vector<Value>& values) const;

 private:
  Result<void> append(const text::YamlNode& scalar, std::vector<Value>& values) const;
  Result<void> append_null(std::vector<Value>& values) const;
  // One text, placeholders put in.
  Result<void> append_text(const std::string& text, const text::YamlNode& scalar,
                           std::vector<Value>& values) const;
  Result<void> append_patterns(const std::string& text, const text::YamlNode& scalar,
                               std::vector<Value>& values) const;
  Result<Value> typed_value(Modifier type, const std::string& text,
                            const text::YamlNode& scalar) const;

  Result<Value> regex(const std::string& text) const;
  Result<Value> network(const std::string& text, const text::YamlNode& scalar) const;
  Result<Value> field_reference(const std::string& text) const;
  Result<Value> time_part(Modifier modifier, const text::YamlNode& scalar) const;

  const FieldKey& key_;
  const ParseContext& context_;
};

}  // namespace nepho::sigma
