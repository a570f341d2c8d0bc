// Each field is looked up once an item, in the three ways that tests look at it: is it there, its
// scalars, and its texts (scalars, and containers as text). Each kind of value then asks one of
// them.
#include "plan/reference.h"

#include <algorithm>
#include <optional>

#include "event/field_path.h"
#include "event/pivot.h"
#include "text/fold.h"
#include "text/timestamp.h"

namespace nepho::plan {
namespace {

using text::JsonType;
using text::JsonValue;

// One text that a field offers to a test. `is_number`: the event wrote a number, not a string.
struct Candidate {
  std::string text;
  bool is_number = false;
};

Candidate candidate_of(const JsonValue& scalar) {
  return {std::string(scalar.text()), scalar.type() == JsonType::kNumber};
}

Candidate compact_text(const JsonValue& value) {
  Candidate candidate;
  text::append_compact(value, candidate.text);
  return candidate;
}

// Calls `visit` with every value below `root`, in no promised order.
template <typename Visit>
void for_each_below(const JsonValue& root, Visit visit) {
  std::vector<JsonValue> pending{root};
  while (!pending.empty()) {
    const JsonValue at = pending.back();
    pending.pop_back();
    for (const JsonValue& child : at.children()) {
      visit(child);
      pending.push_back(child);
    }
  }
}

// What a field holds in one event, in the three ways that tests look at it.
struct FieldView {
  bool is_there = false;            // the path resolves ("exists")
  bool has_null = false;            // a value, or an element of an array, is null
  std::vector<Candidate> scalars;   // without null; arrays opened ("any element")
  std::vector<Candidate> as_texts;  // scalars, then objects and arrays as text
};

// Row "object or array under a string test": its compact text and each string inside it.
void add_container_texts(const JsonValue& container, std::vector<Candidate>& texts) {
  texts.push_back(compact_text(container));
  for_each_below(container, [&](const JsonValue& value) {
    if (value.is_string()) texts.push_back(candidate_of(value));
  });
}

constexpr std::size_t kMostHits = kDefaultLimits.max_values_per_field;

// What items look at: the event, or one element of an array in it.
struct Scope {
  std::optional<JsonValue> root;  // none: the element that an index asks for is not there
  const FieldNames& names;
  bool strict_fields = false;
  bool is_element = false;

  // Row "name/value arrays".
  bool names_an_element(std::string_view field) const {
    const auto& paths = names.paths_of(field);
    return std::any_of(paths.begin(), paths.end(), event::holds_selector);
  }

  // The values that `field` stands for.
  std::vector<JsonValue> hits(std::string_view field, event::InnerDocuments& inner) const {
    if (!root) return {};
    if (is_element && field == ".") return {*root};
    std::vector<JsonValue> hits;
    for (const std::string& path : names.paths_of(field)) {
      for (const JsonValue& hit : event::resolve(*root, path, kMostHits, &inner, names.parts()))
        hits.push_back(hit);
    }
    return hits;
  }
};

// Row "name/value arrays": a string that is JSON text in quotes counts without them as well.
void add_without_quotes(std::vector<Candidate>& scalars) {
  std::vector<Candidate> inside;
  for (const Candidate& scalar : scalars) {
    const auto text = event::unquoted(scalar.text);
    if (text) inside.push_back({std::string(*text), false});
  }
  scalars.insert(scalars.end(), inside.begin(), inside.end());
}

FieldView view_of(const std::vector<JsonValue>& hits, bool names_an_element, bool strict_fields) {
  FieldView view;
  std::vector<JsonValue> containers;
  for (const JsonValue& hit : hits) {
    view.is_there = true;
    const auto elements = event::elements_of(hit);
    // An array without elements has no value, not even the text "[]".
    if (hit.is_array() && !elements.empty()) containers.push_back(hit);
    for (const JsonValue& element : elements) {
      if (element.is_object()) {
        containers.push_back(element);
      } else if (element.type() == JsonType::kNull) {
        view.has_null = true;
      } else {
        view.scalars.push_back(candidate_of(element));
      }
    }
  }
  if (names_an_element) add_without_quotes(view.scalars);
  view.as_texts = view.scalars;
  if (!strict_fields)
    for (const JsonValue& container : containers) add_container_texts(container, view.as_texts);
  return view;
}

FieldView view_of(std::string_view field, const Scope& scope, bool strict_fields) {
  event::InnerDocuments inner;
  return view_of(scope.hits(field, inner), scope.names_an_element(field), strict_fields);
}

// Row "keywords": any leaf string, any key name, any number, or the compact text.
std::vector<Candidate> keyword_texts(const JsonValue& event) {
  std::vector<Candidate> texts{compact_text(event)};
  for_each_below(event, [&](const JsonValue& value) {
    if (!value.key().empty()) texts.push_back({std::string(value.key()), false});
    if (value.is_string() || value.type() == JsonType::kNumber)
      texts.push_back(candidate_of(value));
  });
  return texts;
}

template <typename Test>
bool any(const std::vector<Candidate>& candidates, Test test) {
  return std::any_of(candidates.begin(), candidates.end(), test);
}

template <typename Number>
bool compares(sigma::Comparison comparison, const Number& ours, const Number& theirs) {
  switch (comparison) {
    case sigma::Comparison::kLess: return ours < theirs;
    case sigma::Comparison::kLessOrEqual: return ours <= theirs;
    case sigma::Comparison::kGreater: return ours > theirs;
    case sigma::Comparison::kGreaterOrEqual: break;
  }
  return ours >= theirs;
}

std::int64_t part_of(const text::CivilTime& time, sigma::TimePart part) {
  switch (part) {
    case sigma::TimePart::kMinute: return time.minute;
    case sigma::TimePart::kHour: return time.hour;
    case sigma::TimePart::kDay: return time.day;
    case sigma::TimePart::kWeek: return time.week();
    case sigma::TimePart::kMonth: return time.month;
    case sigma::TimePart::kYear: break;
  }
  return time.year;
}

// Row "strings", and "numbers, booleans": 404 as a rule's number also equals 404.0.
bool text_equals(const sigma::TextValue& value, const Candidate& candidate) {
  if (value.number && candidate.is_number && text::Decimal::parse(candidate.text) == value.number)
    return true;
  return value.cased ? value.pattern.matches(candidate.text)
                     : value.pattern.matches_ignoring_case(candidate.text);
}

// Row "fieldref": ends are those of `other`.
bool pair_holds(const sigma::FieldValue& value, const Candidate& ours, const Candidate& other) {
  const bool numbers = ours.is_number && other.is_number && !value.starts_with &&
                       !value.ends_with && !value.contains;
  if (numbers && text::Decimal::parse(ours.text) == text::Decimal::parse(other.text)) return true;
  const std::string text = value.cased ? ours.text : text::fold_case(ours.text);
  const std::string part = value.cased ? other.text : text::fold_case(other.text);
  if (value.contains) return text.find(part) != std::string::npos;
  if (value.starts_with) return text.starts_with(part);
  return value.ends_with ? text.ends_with(part) : text == part;
}

// Asks one value of an item; one overload for each kind of value.
class ValueTest {
 public:
  ValueTest(const FieldView& view, const Scope& scope) : view_(view), scope_(scope) {}

  bool operator()(const sigma::TextValue& value) const {
    return any(view_.as_texts, [&](const Candidate& text) { return text_equals(value, text); });
  }
  bool operator()(const sigma::RegexValue& value) const {
    return any(view_.as_texts,
               [&](const Candidate& text) { return value.regex.search(text.text); });
  }
  // Row "null": missing, or some value is null.
  bool operator()(const sigma::NullValue&) const { return !view_.is_there || view_.has_null; }
  // Row "exists": the path resolves, even to null.
  bool operator()(const sigma::ExistsValue& value) const {
    return view_.is_there == value.expected;
  }
  // Row "cidr": what is no address is in no network.
  bool operator()(const sigma::NetworkValue& value) const {
    return any(view_.scalars, [&](const Candidate& text) {
      const auto address = text::Address::parse(text.text);
      return address && value.network.contains(*address);
    });
  }
  // Row "numbers, booleans": numbers and numeric strings, exactly.
  bool operator()(const sigma::NumberValue& value) const {
    return any(view_.scalars, [&](const Candidate& text) {
      const auto number = text::Decimal::parse(text.text);
      return number && compares(value.comparison, *number, value.number);
    });
  }
  bool operator()(const sigma::FieldValue& value) const {
    const FieldView other = view_of(value.field, scope_, /*strict_fields=*/true);
    return any(view_.scalars, [&](const Candidate& ours) {
      return any(other.scalars,
                 [&](const Candidate& theirs) { return pair_holds(value, ours, theirs); });
    });
  }
  // Row "time parts": as written, no zone applied.
  bool operator()(const sigma::TimePartValue& value) const {
    return any(view_.scalars, [&](const Candidate& text) {
      const auto time = text::parse_timestamp(text.text);
      if (!time) return false;
      const std::int64_t part = part_of(time->civil, value.part);
      return value.comparison ? compares(*value.comparison, part, value.number)
                              : part == value.number;
    });
  }

 private:
  const FieldView& view_;
  const Scope& scope_;
};

bool item_holds_in(const sigma::Item& item, const Scope& scope);

// Recurses as deep as the condition, and through array tests, all of which the parser bounds.
bool expression_holds(const sigma::Expression& expression, const std::vector<sigma::Item>& items,
                      const Scope& scope) {
  const auto child_holds = [&](const sigma::Expression& child) {
    return expression_holds(child, items, scope);
  };
  const auto& children = expression.children;
  switch (expression.kind) {
    case sigma::Expression::Kind::kItem: return item_holds_in(items[expression.item], scope);
    case sigma::Expression::Kind::kNot: return !child_holds(children[0]);
    case sigma::Expression::Kind::kAnd:
      return std::all_of(children.begin(), children.end(), child_holds);
    case sigma::Expression::Kind::kOr: break;
  }
  return std::any_of(children.begin(), children.end(), child_holds);
}

// Row "array elements": the elements of all arrays that the path reaches. What is no array is its
// own only element; null is no element.
std::vector<JsonValue> elements_at(const std::vector<JsonValue>& hits) {
  std::vector<JsonValue> elements;
  for (const JsonValue& hit : hits) {
    if (hit.is_array()) {
      for (const JsonValue& element : hit.children()) elements.push_back(element);
    } else if (hit.type() != JsonType::kNull) {
      elements.push_back(hit);
    }
  }
  return elements;
}

// Row "array index": of each array that the path reaches the element at `index`.
std::vector<JsonValue> elements_at(const std::vector<JsonValue>& hits, std::int64_t index) {
  std::vector<JsonValue> elements;
  for (const JsonValue& hit : hits) {
    if (!hit.is_array()) continue;
    const std::int64_t size = static_cast<std::int64_t>(hit.num_children());
    std::int64_t at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) continue;
    for (const JsonValue& element : hit.children()) {
      if (at-- == 0) elements.push_back(element);
    }
  }
  return elements;
}

bool array_holds(const sigma::ArrayTest& test, const std::vector<JsonValue>& hits,
                 bool strict_fields) {
  using Kind = sigma::ArraySelector::Kind;
  const FieldNames own_names;  // fields of an element are paths in it
  const auto holds_for = [&](std::optional<JsonValue> element) {
    return expression_holds(test.condition, test.items,
                            {element, own_names, strict_fields, /*is_element=*/true});
  };
  const bool is_at = test.selector.kind == Kind::kAt;
  const auto elements = is_at ? elements_at(hits, test.selector.index) : elements_at(hits);
  switch (test.selector.kind) {
    case Kind::kAny: return std::any_of(elements.begin(), elements.end(), holds_for);
    case Kind::kNone: return std::none_of(elements.begin(), elements.end(), holds_for);
    case Kind::kAllOrEmpty: return std::all_of(elements.begin(), elements.end(), holds_for);
    case Kind::kAll:
      return !elements.empty() && std::all_of(elements.begin(), elements.end(), holds_for);
    case Kind::kAt: break;
  }
  return elements.empty() ? holds_for(std::nullopt)
                          : std::any_of(elements.begin(), elements.end(), holds_for);
}

bool holds_for(const sigma::Item& item, const FieldView& view, const Scope& scope) {
  const ValueTest test(view, scope);
  const auto value_holds = [&](const sigma::Value& value) { return std::visit(test, value); };
  const auto& values = item.values;
  const bool outcome = item.all ? std::all_of(values.begin(), values.end(), value_holds)
                                : std::any_of(values.begin(), values.end(), value_holds);
  // Row "neq": not any listed value; so it holds when the field is missing.
  return outcome != item.negated;
}

bool item_holds_in(const sigma::Item& item, const Scope& scope) {
  if (item.array) {
    event::InnerDocuments inner;
    return array_holds(*item.array, scope.hits(item.field, inner), scope.strict_fields);
  }
  FieldView view;
  if (!item.is_keyword()) {
    view = view_of(item.field, scope, scope.strict_fields);
  } else if (scope.root) {
    view.as_texts = keyword_texts(*scope.root);
  }
  return holds_for(item, view, scope);
}

}  // namespace

const std::vector<std::string>& FieldNames::paths_of(std::string_view field) const {
  const auto known = known_.find(field);
  if (known != known_.end()) return known->second;
  auto paths = source_ == nullptr ? std::vector{std::string(field)} : source_->paths_of(field);
  return known_.emplace(field, std::move(paths)).first->second;
}

bool item_holds(const sigma::Item& item, const JsonValue& event, const FieldNames& names,
                bool strict_fields) {
  return item_holds_in(item, {event, names, strict_fields});
}

bool item_holds_for(const sigma::Item& item, const std::vector<JsonValue>& hits,
                    bool strict_fields) {
  const FieldNames none;
  return holds_for(item, view_of(hits, /*names_an_element=*/false, strict_fields),
                   {std::nullopt, none, strict_fields});
}

bool holds(const sigma::Rule& rule, const JsonValue& event, const FieldNames& names,
           bool strict_fields) {
  return expression_holds(rule.condition, rule.items, {event, names, strict_fields});
}

}  // namespace nepho::plan
