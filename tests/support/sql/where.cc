// An item is a question about the rows that a field has in `texts`; an aggregate answers it, and
// over no rows an aggregate is NULL, which is where SQL's third truth value comes from.
#include "tests/support/sql/where.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "tests/support/sql/tests_of_values.h"

namespace nepho::tests::sql {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view by) {
  return fmt::format("({})", fmt::join(parts, by));
}

// Each value is a question of its own, so that a list may mix kinds; texts, the usual list, are one
// question.
std::string item_clause(const sigma::Item& item, Dialect dialect) {
  std::vector<std::string> questions;
  std::vector<std::string> texts;
  for (const sigma::Value& value : item.values) {
    const auto* text = std::get_if<sigma::TextValue>(&value);
    if (text != nullptr && !item.all) {
      texts.push_back(text_test(*text, dialect));
    } else {
      questions.push_back(question(item.field, value, dialect));
    }
  }
  if (!texts.empty())
    questions.push_back(any_row(item.field, kTextOffers, joined(texts, " OR "), dialect));
  const std::string clause = joined(questions, item.all ? " AND " : " OR ");
  return item.negated ? "(NOT " + clause + ")" : clause;
}

std::string clause_of(const sigma::Expression& expression, const sigma::Rule& rule,
                      Dialect dialect) {
  using Kind = sigma::Expression::Kind;
  if (expression.kind == Kind::kItem) return item_clause(rule.items[expression.item], dialect);
  std::vector<std::string> parts;
  for (const auto& child : expression.children) parts.push_back(clause_of(child, rule, dialect));
  if (expression.kind == Kind::kNot) return "(NOT " + parts.at(0) + ")";
  const bool is_and = expression.kind == Kind::kAnd;
  if (parts.empty()) return is_and ? "1" : "0";
  return joined(parts, is_and ? " AND " : " OR ");
}

}  // namespace

std::expected<std::string, std::string> where_clause(const sigma::Rule& rule, Dialect dialect) {
  const std::string clause = clause_of(rule.condition, rule, dialect);
  if (clause.find('\0') != std::string::npos)
    return std::unexpected("a text of the rule holds NUL, where SQLite's texts end");
  if (first_invalid_utf8(clause) != clause.size())
    return std::unexpected("a text of the rule is no UTF-8, which SQLite's texts are");
  return clause;
}

std::set<std::string> fields_of(const sigma::Rule& rule) {
  std::set<std::string> fields;
  for (const sigma::Item& item : rule.items) {
    fields.insert(item.field);
    for (const sigma::Value& value : item.values)
      if (const auto* other = std::get_if<sigma::FieldValue>(&value)) fields.insert(other->field);
  }
  return fields;
}

}  // namespace nepho::tests::sql
