// What holds between documents: filters, ids that repeat, and correlations (correlation_link.h).
#include <fmt/format.h>

#include <map>
#include <set>

#include "base/printable.h"
#include "sigma/correlation_link.h"
#include "sigma/errors.h"
#include "sigma/load.h"

namespace nepho::sigma {
namespace {

// A filter's logsource fits a rule's when none of its parts says otherwise.
bool fits(const Logsource& filter, const Logsource& rule) {
  const auto part_fits = [](const std::string& one, const std::string& other) {
    return one.empty() || one == other;
  };
  return part_fits(filter.product, rule.product) && part_fits(filter.category, rule.category) &&
         part_fits(filter.service, rule.service);
}

// The expression with its items counted on from `first`.
Expression moved_by(Expression expression, std::size_t first) {
  std::vector<Expression*> pending{&expression};
  while (!pending.empty()) {
    Expression* at = pending.back();
    pending.pop_back();
    if (at->kind == Expression::Kind::kItem) at->item += first;
    for (Expression& child : at->children) pending.push_back(&child);
  }
  return expression;
}

void apply_filter(const Filter& filter, FilterReading reading, Rule& rule) {
  Expression joined = moved_by(filter.condition, rule.items.size());
  rule.items.insert(rule.items.end(), filter.items.begin(), filter.items.end());
  const bool take_away = reading == FilterReading::kByConvention && !filter.is_negated;
  if (take_away) {
    Expression negated{Expression::Kind::kNot, 0, {}};
    negated.children.push_back(std::move(joined));
    joined = std::move(negated);
  }
  // Beside the filters before it, not around them, so that the depth stays bounded.
  if (rule.condition.kind != Expression::Kind::kAnd) {
    Expression condition{Expression::Kind::kAnd, 0, {}};
    condition.children.push_back(std::move(rule.condition));
    rule.condition = std::move(condition);
  }
  rule.condition.children.push_back(std::move(joined));
}

// Runnable rules by id and by name; several may share one.
using RuleIndex = std::multimap<std::string, Document*, std::less<>>;

RuleIndex index_of(std::vector<Document>& documents) {
  RuleIndex index;
  for (Document& document : documents) {
    if (document.kind != DocumentKind::kRule) continue;
    index.emplace(document.rule.id.value, &document);
    if (!document.rule.name.empty() && document.rule.name != document.rule.id.value)
      index.emplace(document.rule.name, &document);
  }
  return index;
}

void warn(Document& document, ErrorCode code, std::string message) {
  document.problems.push_back(
      {Severity::kWarning, Error(code, std::move(message), document.rule.place), {}});
}

// A rule that is named twice, by its id and its name, is filtered once.
void apply_named(Document& document, const Filter& filter, const RuleIndex& index,
                 FilterReading reading) {
  std::set<const Document*> filtered;
  for (const std::string& name : filter.rules) {
    const auto [first, last] = index.equal_range(name);
    bool applies = false;
    for (auto it = first; it != last; ++it) {
      Document& target = *it->second;
      if (!fits(filter.logsource, target.rule.logsource)) continue;
      applies = true;
      if (target.is_runnable && filtered.insert(&target).second)
        apply_filter(filter, reading, target.rule);
    }
    if (!applies) {
      const std::string_view why = first == last
                                       ? "no rule that was loaded has the id or name"
                                       : "the filter is of another logsource than the rule";
      warn(document, kFilterWithoutRule, fmt::format("{} '{}'", why, escape_for_log(name)));
    }
  }
}

void apply_to_all(const Filter& filter, FilterReading reading, std::vector<Document>& documents) {
  for (Document& document : documents)
    if (document.is_runnable && fits(filter.logsource, document.rule.logsource))
      apply_filter(filter, reading, document.rule);
}

void warn_of_repeated_ids(std::vector<Document>& documents) {
  std::map<std::string, const Document*, std::less<>> seen;
  for (Document& document : documents) {
    if (document.kind == DocumentKind::kOther || document.rule.id.value.empty()) continue;
    const auto [it, is_new] = seen.emplace(document.rule.id.value, &document);
    if (!is_new)
      warn(document, kDuplicateId,
           fmt::format("the id '{}' is taken by {}", escape_for_log(document.rule.id.value),
                       to_string(it->second->rule.place)));
  }
}

}  // namespace

void link_documents(std::vector<Document>& documents, const LoadOptions& options) {
  warn_of_repeated_ids(documents);
  const RuleIndex index = index_of(documents);
  for (Document& document : documents) {
    if (!document.filter) continue;
    if (document.filter->any_rule) {
      apply_to_all(*document.filter, options.filters, documents);
    } else {
      apply_named(document, *document.filter, index, options.filters);
    }
  }
  // Last, since what a correlation refers to is what the filters have left.
  link_correlations(documents);
}

}  // namespace nepho::sigma
