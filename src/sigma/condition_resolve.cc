// Puts selections in the place of their names.
#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "sigma/condition.h"
#include "sigma/errors.h"
#include "text/nearest.h"
#include "text/wildcard.h"

namespace nepho::sigma {
namespace {

using Kind = Condition::Kind;

// Names in patterns have '*' only; '?' and backslashes are themselves.
text::WildcardPattern name_pattern(std::string_view text) {
  text::WildcardPattern pattern;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('*'), text.size());
    pattern.append_literal(text.substr(0, size));
    text.remove_prefix(size);
    if (text.starts_with('*')) {
      pattern.append_any_run();
      text.remove_prefix(1);
    }
  }
  return pattern;
}

class Resolver {
 public:
  Resolver(std::vector<Selection>& selections, const Place& place, const Limits& limits)
      : selections_(selections), place_(place), limits_(limits) {}

  // Recurses as deep as the condition, which its parser bounds.
  Result<Expression> resolve(const Condition& condition) {
    switch (condition.kind) {
      case Kind::kSelection: return selection(condition);
      case Kind::kOneOf:
      case Kind::kAllOf: return quantified(condition);
      case Kind::kNot:
      case Kind::kAnd:
      case Kind::kOr: break;
    }
    std::vector<Expression> children;
    for (const Condition& child : condition.children) {
      auto expression = resolve(child);
      if (!expression) return expression;
      children.push_back(*std::move(expression));
    }
    if (condition.kind == Kind::kNot)
      return Expression{Expression::Kind::kNot, 0, std::move(children)};
    return join(condition.kind == Kind::kAnd ? Expression::Kind::kAnd : Expression::Kind::kOr,
                std::move(children));
  }

 private:
  Result<Expression> selection(const Condition& condition) {
    for (Selection& candidate : selections_)
      if (candidate.name == condition.name) return use(candidate);
    return unknown(condition, fmt::format("the condition names no selection of this rule: '{}'",
                                          escape_for_log(condition.name)));
  }

  Result<Expression> quantified(const Condition& condition) {
    const bool is_them = condition.name == "them";
    const text::WildcardPattern pattern = name_pattern(condition.name);
    std::vector<Expression> chosen;
    for (Selection& candidate : selections_) {
      if (is_them ? candidate.name.starts_with('_') : !pattern.matches(candidate.name)) continue;
      auto expression = use(candidate);
      if (!expression) return expression;
      chosen.push_back(*std::move(expression));
    }
    if (chosen.empty())
      return unknown(condition,
                     fmt::format("no selection is meant by '{}'", escape_for_log(condition.name)));
    return join(condition.kind == Kind::kAllOf ? Expression::Kind::kAnd : Expression::Kind::kOr,
                std::move(chosen));
  }

  Result<Expression> use(Selection& selection) {
    selection.used = true;
    num_nodes_ += num_nodes(selection.expression);
    if (num_nodes_ > limits_.max_condition_nodes)
      return fail(kTooMany,
                  fmt::format("the condition with its selections has more than {} parts",
                              limits_.max_condition_nodes),
                  place_);
    return selection.expression;
  }

  std::unexpected<Error> unknown(const Condition& condition, std::string message) const {
    std::vector<std::string_view> names;
    for (const Selection& selection : selections_) names.push_back(selection.name);
    Place place = place_;
    place.column += place.column != 0 ? condition.offset : 0;
    return fail(kUnknownSelection, std::move(message), std::move(place),
                text::did_you_mean(condition.name, names));
  }

  std::vector<Selection>& selections_;
  const Place& place_;
  const Limits& limits_;
  std::size_t num_nodes_ = 0;
};

}  // namespace

Result<Expression> resolve(const Condition& condition, std::vector<Selection>& selections,
                           const Place& place, const Limits& limits) {
  return Resolver(selections, place, limits).resolve(condition);
}

std::size_t num_nodes(const Expression& expression) {
  std::size_t count = 0;
  std::vector<const Expression*> pending{&expression};
  while (!pending.empty()) {
    const Expression* at = pending.back();
    pending.pop_back();
    ++count;
    for (const Expression& child : at->children) pending.push_back(&child);
  }
  return count;
}

Expression join(Expression::Kind kind, std::vector<Expression> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  return {kind, 0, std::move(parts)};
}

}  // namespace nepho::sigma
