// The same rules asked about the same events twice: the program's way, and a database's.
#pragma once

#include <string>
#include <vector>

#include "sigma/rule.h"
#include "tests/support/sql/dialect.h"

namespace nepho::tests::sql {

struct Disagreement {
  std::size_t rule = 0;
  std::size_t event = 0;
  bool ours = false;  // what the program says; the database says the other
};

struct Opinions {
  std::size_t num_pairs = 0;     // of a rule and an event, both asked
  std::size_t num_held = 0;      // of these, those that we say hold
  std::size_t num_unlike = 0;    // plan and reference evaluator differ: a defect in any case
  std::size_t num_left_out = 0;  // rules without a clause
  std::size_t num_unread = 0;    // events that we refuse
  std::vector<Disagreement> disagreements;
};

// Rules run without log sources, so field names are as the events have them. Cost: about 5 us a
// pair in the dev build, most of it our own answers.
Opinions ask_both(const std::vector<sigma::Rule>& rules, const std::vector<std::string>& events,
                  Dialect dialect);

}  // namespace nepho::tests::sql
