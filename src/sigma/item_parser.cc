#include "sigma/item_parser.h"

#include <fmt/format.h>

#include "sigma/errors.h"
#include "sigma/modifier.h"
#include "sigma/value_parser.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

// The scalars that stand behind a key, or none when something else does.
std::vector<const YamlNode*> scalars_of(const YamlNode& values) {
  if (values.is_scalar()) return {&values};
  std::vector<const YamlNode*> scalars;
  for (const YamlNode& item : values.items) {
    if (!item.is_scalar()) return {};
    scalars.push_back(&item);
  }
  return scalars;
}

Error no_scalars(const FieldKey& key, const YamlNode& values, const std::string& file) {
  if (values.is_sequence() && values.items.empty())
    return {kBadValue, "expected a value, found an empty list", values.place(file)};
  const YamlNode* bad = &values;
  for (const YamlNode& item : values.items) {
    if (item.is_scalar()) continue;
    bad = &item;
    break;
  }
  std::string hint;
  if (bad->is_mapping() && !bad->members.empty())
    hint = fmt::format("write a nested field with a dot: {}.{}", key.field,
                       bad->members[0].first.text);
  return {kWrongType, "expected a value or a list of values", bad->place(file), hint};
}

}  // namespace

std::optional<Item> ItemParser::parse(const YamlNode& key, const YamlNode& values) {
  const auto field_key = parse_field_key(key, context_.file);
  if (!field_key) {
    context_.report.add_error(field_key.error());
    return std::nullopt;
  }
  const auto scalars = scalars_of(values);
  if (scalars.empty()) {
    context_.report.add_error(no_scalars(*field_key, values, context_.file));
    return std::nullopt;
  }
  Item item{.field = field_key->field,
            .all = field_key->has(Modifier::kAll),
            .negated = field_key->has(Modifier::kNotEqual),
            .line = key.line,
            .column = key.column};
  const ValueParser parser(*field_key, context_);
  bool good = true;
  for (const YamlNode* scalar : scalars) good = parser.parse(*scalar, item.values) && good;
  if (good && item.all && scalars.size() == 1 && item.values.size() == 1)
    context_.report.add_warning({kSingleAll, "'all' of a single value changes nothing",
                                 key.place(context_.file), "leave it out"});
  return good ? std::optional(std::move(item)) : std::nullopt;
}

std::optional<Item> ItemParser::parse_keywords(const std::vector<const YamlNode*>& scalars) {
  Item item{.line = scalars[0]->line, .column = scalars[0]->column};
  const FieldKey key;
  const ValueParser parser(key, context_);
  bool good = true;
  for (const YamlNode* scalar : scalars) good = parser.parse(*scalar, item.values) && good;
  return good ? std::optional(std::move(item)) : std::nullopt;
}

}  // namespace nepho::sigma
