#include "sigma/item_parser.h"

#include <fmt/format.h>

#include "base/printable.h"
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
  if (!first_selector(key.field).empty())
    hint = "elements of arrays are selected with --array-matching; a list takes values or blocks";
  else if (bad->is_mapping() && !bad->members.empty())
    hint = fmt::format("write a nested field with a dot: {}.{}", key.field,
                       bad->members[0].first.text);
  return {kWrongType, "expected a value or a list of values", bad->place(file), hint};
}

}  // namespace

std::optional<FieldKey> ItemParser::parse_key(const YamlNode& key) {
  auto field_key = parse_field_key(key, context_.file);
  if (field_key) return *std::move(field_key);
  context_.report.add_error(std::move(field_key.error()));
  return std::nullopt;
}

// A word in brackets is hardly ever part of a name, a number may well be: logs were flattened so.
void ItemParser::warn_of_selector(const std::string& field, const YamlNode& key) {
  const std::string selector = first_selector(field);
  if (selector.empty()) return;
  const bool is_index = selector.find_first_of("0123456789") != std::string::npos;
  context_.report.add(
      is_index ? Severity::kNote : Severity::kWarning,
      {kArraySelector, fmt::format("'{}' is read as a part of the field's name", selector),
       key.place(context_.file), "--array-matching lets it select elements of an array"});
}

std::optional<std::vector<ArrayFieldPart>> ItemParser::parts_of(const std::string& field,
                                                                const YamlNode& key) {
  if (!context_.array_matching || field.empty()) {
    if (!context_.array_matching) warn_of_selector(field, key);
    return std::vector{ArrayFieldPart{field}};
  }
  auto parts = split_array_field(field);
  if (!parts) {
    Error error = std::move(parts.error());
    error.place = key.place(context_.file);
    context_.report.add_error(std::move(error));
    return std::nullopt;
  }
  if (context_.array_depth + parts->size() <= context_.limits.max_condition_depth)
    return *std::move(parts);
  context_.report.add_error(
      {kTooMany,
       fmt::format("selectors are nested more than {} deep", context_.limits.max_condition_depth),
       key.place(context_.file)});
  return std::nullopt;
}

std::optional<std::vector<ArrayFieldPart>> ItemParser::parse_block_key(const YamlNode& key) {
  const auto field_key = parse_key(key);
  if (!field_key) return std::nullopt;
  auto parts = parts_of(field_key->field, key);
  if (!parts) return std::nullopt;
  const bool has_selector = parts->back().selector.has_value();
  if (has_selector && field_key->modifiers.empty()) return parts;
  if (has_selector) {
    context_.report.add_error({kBadModifiers, "modifiers do not go with a block",
                               key.place(context_.file), "write them behind the fields in it"});
  } else {
    context_.report.add_error(
        {kWrongType, "expected a value or a list of values, found a block",
         key.place(context_.file),
         fmt::format("write {0}[any] for the elements of an array, {0}.name for an object",
                     escape_for_log(field_key->field))});
  }
  return std::nullopt;
}

std::optional<Item> ItemParser::parse(const YamlNode& key, const YamlNode& values) {
  const auto field_key = parse_key(key);
  if (!field_key) return std::nullopt;
  const auto scalars = scalars_of(values);
  if (scalars.empty()) {
    context_.report.add_error(no_scalars(*field_key, values, context_.file));
    return std::nullopt;
  }
  auto parts = parts_of(field_key->field, key);
  if (!parts) return std::nullopt;
  const bool is_element = parts->back().selector.has_value();
  Item item{.field = is_element ? "." : parts->back().path,
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
  if (!good) return std::nullopt;
  if (!is_element) parts->pop_back();
  if (parts->empty()) return item;
  return put_into_arrays(*std::move(parts),
                         {.items = {std::move(item)}, .condition = Expression::of_item(0)},
                         {.line = key.line, .column = key.column});
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
