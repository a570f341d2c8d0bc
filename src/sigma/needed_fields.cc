#include "sigma/needed_fields.h"

#include <algorithm>
#include <iterator>
#include <variant>

namespace nepho::sigma {
namespace {

using Fields = std::set<std::string_view>;

// Whether the value may hold for a field that the event does not have.
bool holds_without_field(const Value& value) {
  if (const auto* exists = std::get_if<ExistsValue>(&value)) return !exists->expected;
  return std::holds_alternative<NullValue>(value);
}

// An array test asks for an element, unless it may do without.
bool needs_element(const ArrayTest& test) {
  using Kind = ArraySelector::Kind;
  return test.selector.kind == Kind::kAny || test.selector.kind == Kind::kAll;
}

bool needs_field(const Item& item) {
  if (item.array) return needs_element(*item.array);
  if (item.is_keyword() || item.negated || item.values.empty()) return false;
  const auto without = std::ranges::count_if(item.values, holds_without_field);
  return item.all ? without < std::ssize(item.values) : without == 0;
}

Fields in_both(const Fields& a, const Fields& b) {
  Fields both;
  std::ranges::set_intersection(a, b, std::inserter(both, both.end()));
  return both;
}

// As deep as the condition, which the parser bounds (Limits::max_condition_depth).
Fields needed(const Expression& expression, const Rule& rule) {
  switch (expression.kind) {
    case Expression::Kind::kNot: return {};
    case Expression::Kind::kItem: {
      const Item& item = rule.items[expression.item];
      return needs_field(item) ? Fields{item.field} : Fields{};
    }
    case Expression::Kind::kAnd: {
      Fields all;
      for (const Expression& child : expression.children) all.merge(needed(child, rule));
      return all;
    }
    case Expression::Kind::kOr: break;
  }
  if (expression.children.empty()) return {};
  Fields all = needed(expression.children.front(), rule);
  for (const Expression& child : expression.children) all = in_both(all, needed(child, rule));
  return all;
}

}  // namespace

std::set<std::string_view> needed_fields(const Rule& rule) { return needed(rule.condition, rule); }

}  // namespace nepho::sigma
