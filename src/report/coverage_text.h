// The coverage as text: for a terminal, for Markdown (a pull request, a job's summary), and as one
// table of all cells.
#pragma once

#include <string>

#include "coverage/coverage.h"
#include "report/table.h"

namespace nepho::report {

// Headline, the worst news, the providers, and the matrix by tactic with a glyph for each provider.
// Fits style.width columns (80 when it is 0). Whatever others wrote is made printable.
std::string coverage_text(const coverage::Coverage& coverage, const TextStyle& style);
// The same without the matrix.
std::string coverage_markdown(const coverage::Coverage& coverage);
// A row for each cell: technique, name, tactics, provider, whether it applies, state, the numbers
// of working and broken rules, fired, badges, and the ids of the rules.
Table cell_table(const coverage::Coverage& coverage);

}  // namespace nepho::report
