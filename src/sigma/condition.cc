// Operator precedence with two explicit stacks; the depth of the tree is bounded while it is built,
// so that whoever walks it may recurse.
#include "sigma/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/fold.h"

namespace nepho::sigma {
namespace {

using Kind = Condition::Kind;

struct Token {
  std::string_view text;
  std::size_t offset = 0;
  bool is(std::string_view word) const { return text::equal_ignoring_case(text, word); }
};

std::vector<Token> tokens_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  constexpr std::string_view kEnds = " \t\r\n()|";
  std::vector<Token> tokens;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(kBlanks, at)) != std::string_view::npos) {
    const bool is_mark = kEnds.find(text[at]) != std::string_view::npos;
    const std::size_t end = is_mark ? at + 1 : std::min(text.find_first_of(kEnds, at), text.size());
    tokens.push_back({text.substr(at, end - at), at});
    at = end;
  }
  return tokens;
}

class ConditionParser {
 public:
  ConditionParser(std::string_view text, Place place, const Limits& limits)
      : text_(text), place_(std::move(place)), limits_(limits), tokens_(tokens_of(text)) {}

  Result<Condition> parse() {
    while (next_ < tokens_.size()) {
      auto done = expects_operand_ ? read_operand() : read_operator();
      if (!done) return std::unexpected(done.error());
    }
    if (expects_operand_)
      return error(tokens_.empty() ? "the condition is empty"
                                   : "the condition ends where a selection is expected",
                   text_.size());
    while (!operators_.empty()) {
      const Operator top = operators_.back();
      if (top.kind == Operator::kOpen) return error("this parenthesis is not closed", top.offset);
      if (auto done = apply_top(); !done) return std::unexpected(done.error());
    }
    return std::move(operands_.back().condition);
  }

 private:
  struct Operator {
    enum Kind { kOpen, kOr, kAnd, kNot };  // least to most binding
    Kind kind;
    std::size_t offset;
  };
  struct Operand {
    Condition condition;
    std::size_t depth;
  };

  std::unexpected<Error> error(std::string message, std::size_t offset, std::string hint = {},
                               ErrorCode code = kBadCondition) const {
    Place place = place_;
    if (place.column != 0 && text_.find('\n') == std::string_view::npos) place.column += offset;
    return fail(code, std::move(message), std::move(place), std::move(hint));
  }

  const Token* peek(std::size_t ahead) const {
    return next_ + ahead < tokens_.size() ? &tokens_[next_ + ahead] : nullptr;
  }

  Result<void> read_operand() {
    const Token& token = tokens_[next_];
    const Token* second = peek(1);
    if (token.text == "(" || token.is("not")) {
      if (operators_.size() >= limits_.max_condition_depth)
        return error("the condition is nested too deeply", token.offset, {}, kTooMany);
      operators_.push_back({token.text == "(" ? Operator::kOpen : Operator::kNot, token.offset});
      ++next_;
      return {};
    }
    if (token.text == ")" || token.text == "|" || token.is("and") || token.is("or"))
      return error(fmt::format("expected a selection, found '{}'", token.text), token.offset);
    if (second != nullptr && second->is("of")) return read_quantifier();
    push({Kind::kSelection, std::string(token.text), token.offset, {}}, 1);
    ++next_;
    return {};
  }

  // "1 of them", "any of name*", "all of name*".
  Result<void> read_quantifier() {
    const Token& quantity = tokens_[next_];
    const Token* of_what = peek(2);
    const bool is_all = quantity.is("all");
    if (!is_all && quantity.text != "1" && !quantity.is("any"))
      return error(fmt::format("'{} of' is not in Sigma: expected 1, any or all",
                               escape_for_log(quantity.text)),
                   quantity.offset);
    if (of_what == nullptr || of_what->text == "(" || of_what->text == ")" || of_what->text == "|")
      return error("expected 'them' or a pattern like selection_* behind 'of'",
                   of_what == nullptr ? text_.size() : of_what->offset);
    const std::string name = of_what->is("them") ? "them" : std::string(of_what->text);
    push({is_all ? Kind::kAllOf : Kind::kOneOf, name, of_what->offset, {}}, 1);
    next_ += 3;
    return {};
  }

  Result<void> read_operator() {
    const Token& token = tokens_[next_];
    if (token.text == ")") return close();
    if (token.text == "|")
      return error("aggregations behind '|' are of Sigma 1 and not supported", token.offset,
                   "write a correlation document: correlation: {type: event_count, rules: [...], "
                   "group-by: [...], "
                   "timespan: 5m, condition: {gte: 5}}",
                   kOldAggregation);
    const bool is_and = token.is("and");
    if (!is_and && !token.is("or"))
      return error(fmt::format("expected 'and' or 'or', found '{}'", escape_for_log(token.text)),
                   token.offset);
    const auto kind = is_and ? Operator::kAnd : Operator::kOr;
    while (!operators_.empty() && operators_.back().kind >= kind) {
      if (auto done = apply_top(); !done) return done;
    }
    operators_.push_back({kind, token.offset});
    ++next_;
    expects_operand_ = true;
    return {};
  }

  Result<void> close() {
    while (!operators_.empty() && operators_.back().kind != Operator::kOpen) {
      if (auto done = apply_top(); !done) return done;
    }
    if (operators_.empty()) return error("this parenthesis closes nothing", tokens_[next_].offset);
    operators_.pop_back();
    ++next_;
    return {};
  }

  void push(Condition condition, std::size_t depth) {
    operands_.push_back({std::move(condition), depth});
    expects_operand_ = false;
  }

  Operand pop() {
    Operand operand = std::move(operands_.back());
    operands_.pop_back();
    return operand;
  }

  // Takes the top operator's operands and puts their join in their place.
  Result<void> apply_top() {
    const Operator top = operators_.back();
    operators_.pop_back();
    Operand right = pop();
    if (top.kind == Operator::kNot) {
      Condition negated{Kind::kNot, {}, top.offset, {}};
      negated.children.push_back(std::move(right.condition));
      push(std::move(negated), right.depth + 1);
    } else {
      Operand left = pop();
      Condition joined{top.kind == Operator::kAnd ? Kind::kAnd : Kind::kOr, {}, top.offset, {}};
      const std::size_t left_depth = take_in(joined, std::move(left));
      const std::size_t right_depth = take_in(joined, std::move(right));
      const std::size_t depth = std::max(left_depth, right_depth);
      push(std::move(joined), depth + 1);
    }
    if (operands_.back().depth > limits_.max_condition_depth)
      return error("the condition is nested too deeply", top.offset, {}, kTooMany);
    return {};
  }

  // Adds `part` to `whole`, or its children when it is of the same kind. Gives the children's
  // depth.
  static std::size_t take_in(Condition& whole, Operand part) {
    if (part.condition.kind != whole.kind) {
      whole.children.push_back(std::move(part.condition));
      return part.depth;
    }
    for (Condition& child : part.condition.children) whole.children.push_back(std::move(child));
    return part.depth - 1;
  }

  std::string_view text_;
  Place place_;
  const Limits& limits_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  bool expects_operand_ = true;
  std::vector<Operator> operators_;
  std::vector<Operand> operands_;
};

// How tightly a node holds together; a child that holds less needs parentheses.
int binding(Kind kind) {
  if (kind == Kind::kOr) return 0;
  if (kind == Kind::kAnd) return 1;
  return 2;
}

std::string in_parentheses_if_needed(const Condition& child, int needed) {
  const std::string text = to_string(child);
  return binding(child.kind) < needed ? "(" + text + ")" : text;
}

}  // namespace

Result<Condition> parse_condition(std::string_view text, const Place& place, const Limits& limits) {
  return ConditionParser(text, place, limits).parse();
}

std::string to_string(const Condition& condition) {
  switch (condition.kind) {
    case Kind::kSelection: return condition.name;
    case Kind::kOneOf: return "1 of " + condition.name;
    case Kind::kAllOf: return "all of " + condition.name;
    case Kind::kNot: return "not " + in_parentheses_if_needed(condition.children[0], 2);
    case Kind::kAnd:
    case Kind::kOr: break;
  }
  std::string text;
  for (const Condition& child : condition.children) {
    if (!text.empty()) text += condition.kind == Kind::kAnd ? " and " : " or ";
    text += in_parentheses_if_needed(child, binding(condition.kind) + 1);
  }
  return text;
}

}  // namespace nepho::sigma
