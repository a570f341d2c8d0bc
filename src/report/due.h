// What to play again, as a table.
#pragma once

#include <vector>

#include "coverage/due.h"
#include "report/table.h"

namespace nepho::report {

// One row a play, in the order given: whether it has ended or will, of what, and why.
Table due_table(const coverage::Coverage& coverage, const std::vector<coverage::DuePlay>& due);

}  // namespace nepho::report
