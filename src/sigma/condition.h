// The condition of a rule: how its selections are joined.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "sigma/item.h"

namespace nepho::sigma {

// The tree of one condition, with the selections by name. And and Or have two or more children and
// no child of their own kind; Not has one.
struct Condition {
  enum class Kind : std::uint8_t { kAnd, kOr, kNot, kSelection, kOneOf, kAllOf };

  Kind kind = Kind::kSelection;
  std::string name;        // kSelection: the name; kOneOf, kAllOf: "them" or a pattern with '*'
  std::size_t offset = 0;  // of the name, in the condition's text
  std::vector<Condition> children;

  bool operator==(const Condition& other) const {
    return kind == other.kind && name == other.name && children == other.children;
  }
};

// Reads a condition (specification 2.1, "Condition"); operators in any case, least to most binding:
//
//   expression := expression "or" expression | expression "and" expression | "not" expression
//               | ("1" | "any" | "all") "of" ("them" | pattern) | name | "(" expression ")"
//
// Fails with kBadCondition or kOldAggregation (Sigma 1's "| count() > 5"); `place` is where the
// text begins, and the error's column counts from there when the text is on one line.
Result<Condition> parse_condition(std::string_view text, const Place& place,
                                  const Limits& limits = kDefaultLimits);

// The condition as text, with no more parentheses than needed; parse_condition() reads it back.
std::string to_string(const Condition& condition);

// A selection by its name, its items already in the rule.
struct Selection {
  std::string name;
  Expression expression;
  Place place;
  bool used = false;  // some condition reaches it
};

// Puts the selections into the condition's tree. "them" is every selection whose name does not
// begin with '_'; a pattern is every selection it matches. Marks what it uses. Fails with
// kUnknownSelection or, beyond `limits.max_condition_nodes`, kTooMany.
Result<Expression> resolve(const Condition& condition, std::vector<Selection>& selections,
                           const Place& place, const Limits& limits = kDefaultLimits);

// The nodes of a tree, itself included: what `limits.max_condition_nodes` counts.
std::size_t num_nodes(const Expression& expression);

// And or Or of `parts`; one part is itself.
Expression join(Expression::Kind kind, std::vector<Expression> parts);

}  // namespace nepho::sigma
