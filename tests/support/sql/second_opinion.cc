#include "tests/support/sql/second_opinion.h"

#include <optional>
#include <set>

#include "tests/support/both_ways.h"
#include "tests/support/sql/events.h"
#include "tests/support/sql/where.h"

namespace nepho::tests::sql {
namespace {

// By event, then by rule.
std::vector<std::vector<Answers>> our_answers(const std::vector<sigma::Rule>& rules,
                                              const std::vector<std::string>& events) {
  BothWays both(rules, /*strict_fields=*/false);
  std::vector<std::vector<Answers>> answers;
  answers.reserve(events.size());
  for (const std::string& event : events) answers.push_back(both.ask(event));
  return answers;
}

}  // namespace

Opinions ask_both(const std::vector<sigma::Rule>& rules, const std::vector<std::string>& events,
                  Dialect dialect) {
  Opinions opinions;
  std::set<std::string> fields;
  for (const sigma::Rule& rule : rules) fields.merge(fields_of(rule));
  EventTable table(events, fields, dialect);
  const auto ours = our_answers(rules, events);
  for (const auto& answers : ours) opinions.num_unread += answers.empty() ? 1 : 0;
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    const auto clause = where_clause(rules[rule], dialect);
    if (!clause) {
      ++opinions.num_left_out;
      continue;
    }
    const auto theirs = table.where(*clause);
    for (std::size_t event = 0; event < events.size(); ++event) {
      if (ours[event].empty()) continue;
      const Answers answer = ours[event][rule];
      ++opinions.num_pairs;
      opinions.num_held += answer.plan ? 1 : 0;
      opinions.num_unlike += answer.agree() ? 0 : 1;
      if (answer.plan != theirs.contains(event))
        opinions.disagreements.push_back({rule, event, answer.plan});
    }
  }
  return opinions;
}

}  // namespace nepho::tests::sql
