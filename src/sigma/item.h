// The atoms of a detection and the tree that joins them: all that an evaluator needs of a rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sigma/value.h"

namespace nepho::sigma {

// One line of a selection: `field|modifiers: values`. It holds when any (or, with `all`, every)
// value holds for some value that the field has in the event; `negated` (neq) turns the outcome
// round, so that it holds when the field is missing. Without a field it is a keyword: each value is
// looked for in every leaf, every key and the compact text of the whole event. Keywords are texts
// and regular expressions only, and a keyword's pattern carries the '*' at its ends already.
struct Item {
  std::string field;  // as the rule writes it; empty for a keyword
  std::vector<Value> values;
  bool all = false;
  bool negated = false;
  std::size_t line = 0;  // 1-based, in the rule's file
  std::size_t column = 0;

  bool is_keyword() const { return field.empty(); }
  // The same test, wherever it was written.
  bool same_test(const Item& other) const {
    return field == other.field && values == other.values && all == other.all &&
           negated == other.negated;
  }
};

// A condition with its selections put in place: the leaves are items. kAnd of nothing is true, kOr
// of nothing is false; kNot has one child.
struct Expression {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kItem };

  Kind kind = Kind::kAnd;
  std::size_t item = 0;  // kItem: index into Rule::items
  std::vector<Expression> children;

  static Expression of_item(std::size_t index) { return {Kind::kItem, index, {}}; }
  bool operator==(const Expression&) const = default;
};

}  // namespace nepho::sigma
