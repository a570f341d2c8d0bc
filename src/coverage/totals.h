// The sums over cells: what is covered on paper, exercised, validated.
#pragma once

#include "coverage/coverage.h"

namespace nepho::coverage {

// Recomputes the totals from the cells. A cell counts on paper when a working rule maps to it,
// whatever its tests said. Percentages are over cells that are known to apply, those of proof over
// the ones among them that some log can show; the others are counted beside them. O(cells).
Totals totals_of(const Coverage& coverage);

// Which of the three shares: "paper", "exercised", "validated"; nullptr for any other word. Points
// into `tally`.
const Share* share_named(const Tally& tally, std::string_view name);

}  // namespace nepho::coverage
