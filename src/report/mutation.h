// What mutation came to: which changes of an attack each rule survives (docs/mutation.md).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "exercise/mutation_trial.h"
#include "exercise/rule_book.h"
#include "report/table.h"

namespace nepho::report {

// Views what outlives it but for the levels.
struct MutationResults {
  const exercise::RuleBook& book;
  std::vector<int> levels;  // static robustness, 1 to 5, by rule (coverage/robustness.h)
  std::span<const exercise::RuleTrial> rules;
  std::span<const exercise::ChangeTrial> changes;
  std::size_t num_procedures = 0;
  std::size_t num_mutants = 0;
  std::size_t num_unrecognised = 0;  // of these: no longer records of their log source
};

// "the client gives another name (userAgent)": without "this rule dies if".
std::string sentence(const exercise::Death& death);

// "The median rule survives 0.93 of what an attacker can change (280 rules ...".
std::string mutation_headline(const MutationResults& results);

// A rule a row, the lowest score first, with what it dies of; rules that fired on nothing come
// last.
Table mutation_table(const MutationResults& results);
// A row for each rule and change that it died of, for programs that read CSV; a rule that died of
// none has one.
Table mutation_rows(const MutationResults& results);
// docs/schemas/mutation.json; and one of its rules a line.
std::string mutation_json(const MutationResults& results);
std::string mutation_lines(const MutationResults& results);

}  // namespace nepho::report
