#include "exercise/mutate_schema.h"

#include <utility>

#include "exercise/tree_paths.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

void move_down(Tree& mapping, std::size_t member) {
  Tree inner = mapping_tree();
  inner.members.push_back(mapping.members[member]);
  mapping.members[member] = {text_tree("details"), std::move(inner)};
}

void spell_otherwise(Tree& key) {
  char& first = key.text.front();
  const bool is_letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  if (is_letter) first = static_cast<char>(first ^ 0x20);
}

void turn_list(Tree& value) {
  if (value.is_sequence() && value.items.size() == 1) {
    Tree only = std::move(value.items[0]);
    value = std::move(only);
  } else if (!value.is_sequence() && !value.is_null()) {
    Tree list;
    list.kind = text::YamlKind::kSequence;
    list.items.push_back(std::move(value));
    value = std::move(list);
  }
}

void retype(Tree& value) {
  if (!value.is_scalar()) {
    value = text_tree(text::json_of_yaml(value));
    return;
  }
  if (value.is_null()) return;
  Tree plain = value;
  plain.is_plain = true;
  const bool is_text = value.type() == text::YamlType::kString;
  // A number with a zero in front or beyond what a double holds would not come back the same.
  const bool can_be_plain =
      plain.boolean() || (plain.integer() && plain.text == std::to_string(*plain.integer()));
  if (!is_text) {
    value.is_plain = false;
  } else if (can_be_plain) {
    value = plain;
  }
}

void change_member(SchemaChange change, Tree& mapping, std::size_t member) {
  auto& [key, value] = mapping.members[member];
  switch (change) {
    case SchemaChange::kDropped:
      mapping.members.erase(mapping.members.begin() + static_cast<std::ptrdiff_t>(member));
      return;
    case SchemaChange::kMoved: return move_down(mapping, member);
    case SchemaChange::kSpelled: return spell_otherwise(key);
    case SchemaChange::kListed: return turn_list(value);
    case SchemaChange::kRetyped: return retype(value);
  }
}

}  // namespace

std::string_view id_of(SchemaChange change) {
  switch (change) {
    case SchemaChange::kDropped: return "field-dropped";
    case SchemaChange::kMoved: return "field-moved";
    case SchemaChange::kSpelled: return "field-spelled";
    case SchemaChange::kListed: return "field-listed";
    case SchemaChange::kRetyped: return "field-retyped";
  }
  std::unreachable();
}

std::string_view what_is(SchemaChange change) {
  switch (change) {
    case SchemaChange::kDropped: return "a field is no longer there";
    case SchemaChange::kMoved: return "a field stands a level deeper";
    case SchemaChange::kSpelled: return "a field is spelled in another case";
    case SchemaChange::kListed: return "a value becomes a list, or a list its one value";
    case SchemaChange::kRetyped: return "a value changes its type";
  }
  std::unreachable();
}

void change_field(SchemaChange change, std::string_view path, Played& played) {
  for (PlayedRecord& one : played) {
    if (!one.values || one.values->is_line()) continue;
    each_member_at(one.values->tree(), path, [&](Tree& mapping, std::size_t member) {
      change_member(change, mapping, member);
    });
  }
}

}  // namespace nepho::exercise
