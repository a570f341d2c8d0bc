// The atoms of a detection and the tree that joins them: all that an evaluator needs of a rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sigma/value.h"

namespace nepho::sigma {

// A condition with its selections put in place: the leaves are items. kAnd of nothing is true, kOr
// of nothing is false; kNot has one child.
struct Expression {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kItem };

  Kind kind = Kind::kAnd;
  std::size_t item = 0;  // kItem: index into Rule::items, or those of an ArrayTest
  std::vector<Expression> children;

  static Expression of_item(std::size_t index) { return {Kind::kItem, index, {}}; }
  bool operator==(const Expression&) const = default;
};

struct Item;

// Which elements of an array are looked at, and how many of them have to hold: `field[any]` and its
// like (SEP #212 of the Sigma specification, read with LoadOptions::array_matching only).
struct ArraySelector {
  // kAll: every element, of which there is one. kAllOrEmpty: every element, if any. kNone: none,
  // also where there is no element. kAt: the one at `index`.
  enum class Kind : std::uint8_t { kAny, kAll, kAllOrEmpty, kNone, kAt };

  Kind kind = Kind::kAny;
  std::int64_t index = 0;  // kAt: from 0; negative ones count from the end, -1 is the last

  bool operator==(const ArraySelector&) const = default;
};

// "any", "all", "all_or_empty", "none", "-1".
std::string to_string(const ArraySelector& selector);

// What is asked of one element at a time: a condition over items whose fields are paths in the
// element, "." being the element itself. Nested no deeper than Limits::max_condition_depth.
struct ArrayTest {
  ArraySelector selector;
  std::vector<Item> items;
  Expression condition;  // over `items`

  // The same test, wherever it was written.
  bool same_test(const ArrayTest& other) const;
};

// One line of a selection: `field|modifiers: values`. It holds when any (or, with `all`, every)
// value holds for some value that the field has in the event; `negated` (neq) turns the outcome
// round, so that it holds when the field is missing. Without a field it is a keyword: each value is
// looked for in every leaf, every key and the compact text of the whole event. Keywords are texts
// and regular expressions only, and a keyword's pattern carries the '*' at its ends already.
//
// With `array` the field is an array and its elements are tested: there are no `values` then, and
// `all` and `negated` stand in the items for the elements.
struct Item {
  std::string field;  // as the rule writes it; empty for a keyword
  std::vector<Value> values;
  bool all = false;
  bool negated = false;
  std::size_t line = 0;  // 1-based, in the rule's file
  std::size_t column = 0;
  std::optional<ArrayTest> array = {};

  bool is_keyword() const { return field.empty(); }
  // The same test, wherever it was written.
  bool same_test(const Item& other) const;
};

}  // namespace nepho::sigma
