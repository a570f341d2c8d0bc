// A stack of places still to look at, each with what remains of the path there, instead of
// recursion: records are outside data. Children are pushed in reverse, so that hits come in the
// order of the document. At an object each key that is the path or a dotted prefix of it leads on;
// through an array every element does, with the path unchanged.
#include "event/field_path.h"

#include <utility>

#include "event/pivot.h"
#include "text/escape.h"

namespace nepho::event {
namespace {

using text::JsonDocument;
using text::JsonValue;

// A value reached so far, and the part of the path still to go.
struct Step {
  JsonValue value;
  std::string_view rest;
  bool is_event = false;  // which is no hit itself
};

// Pushes `children` of `value` that satisfy `wanted` so that the first is on top of the stack.
void push_in_order(std::vector<Step>& pending, std::vector<Step> steps) {
  pending.insert(pending.end(), steps.rbegin(), steps.rend());
}

// Whether `key` is `path` or a dotted prefix of it; `rest` is what remains.
bool takes(std::string_view path, std::string_view key, std::string_view& rest) {
  if (!path.starts_with(key) || holds_mark(key)) return false;
  if (path.size() == key.size()) {
    rest = {};
    return true;
  }
  if (path[key.size()] != '.') return false;
  rest = path.substr(key.size() + 1);
  return true;
}

bool is_selected(const JsonValue& object, const Selector& selector) {
  for (const JsonValue& child : object.children()) {
    if (child.key() == selector.key && child.is_string() && child.text() == selector.name)
      return true;
  }
  return false;
}

// Into the JSON that a string holds.
std::vector<Step> steps_inside(const Step& at, InnerDocuments* inner) {
  if (inner == nullptr || !at.value.is_string() || !at.rest.starts_with("\x1D.")) return {};
  auto document = JsonDocument::parse(std::string(at.value.text()));
  if (!document || !document->root().is_container()) return {};
  inner->push_back(std::make_unique<JsonDocument>(std::move(*document)));
  return {{inner->back()->root(), at.rest.substr(2)}};
}

// To what a part takes out of a text: a string of its own.
std::vector<Step> steps_to_part(const Step& at, InnerDocuments* inner,
                                std::span<const FieldPart> parts) {
  const FieldPart* part = part_named(at.rest, parts);
  if (inner == nullptr || part == nullptr || at.value.type() == text::JsonType::kNull) return {};
  const auto taken = part->taken_from(at.value.text());
  if (!taken) return {};
  auto document = JsonDocument::parse(text::json_string(*taken));
  if (!document) return {};
  inner->push_back(std::make_unique<JsonDocument>(std::move(*document)));
  return {{inner->back()->root(), {}}};
}

std::vector<Step> steps_from(const Step& at, InnerDocuments* inner,
                             std::span<const FieldPart> parts) {
  if (!at.value.is_array() && at.rest.starts_with(kJsonMark)) return steps_inside(at, inner);
  if (!at.value.is_container() && at.rest.starts_with(kPartMark))
    return steps_to_part(at, inner, parts);
  std::vector<Step> steps;
  if (at.value.is_object() && begins_with_selector(at.rest)) {
    const auto selector = Selector::begin_of(at.rest);
    if (selector && is_selected(at.value, *selector)) steps.push_back({at.value, selector->rest});
    return steps;
  }
  for (const JsonValue& child : at.value.children()) {
    std::string_view rest = at.rest;
    if (at.value.is_array() || takes(at.rest, child.key(), rest)) steps.push_back({child, rest});
  }
  return steps;
}

}  // namespace

std::vector<JsonValue> resolve(const JsonValue& event, std::string_view path,
                               std::size_t max_values, InnerDocuments* inner,
                               std::span<const FieldPart> parts) {
  std::vector<JsonValue> values;
  if (!path.empty() && holds_mark(path.substr(0, 1))) return values;
  std::vector<Step> pending{{event, path, /*is_event=*/true}};
  while (!pending.empty() && values.size() < max_values) {
    const Step at = pending.back();
    pending.pop_back();
    if (at.rest.empty() && !at.is_event) {
      values.push_back(at.value);
    } else {
      push_in_order(pending, steps_from(at, inner, parts));
    }
  }
  return values;
}

std::vector<JsonValue> elements_of(const JsonValue& value) {
  std::vector<JsonValue> elements;
  std::vector<JsonValue> pending{value};
  while (!pending.empty()) {
    const JsonValue at = pending.back();
    pending.pop_back();
    if (!at.is_array()) {
      elements.push_back(at);
      continue;
    }
    std::vector<JsonValue> children;
    for (const JsonValue& child : at.children()) children.push_back(child);
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
  return elements;
}

}  // namespace nepho::event
