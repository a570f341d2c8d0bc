// From a cell's rules, procedures and evidence to its numbers (docs/coverage.md has the formulas).
#pragma once

#include "coverage/proof.h"
#include "coverage/sift.h"

namespace nepho::coverage {

// The proof of one cell by itself; a parent's parts are joined by roll_up(). Procedures that only
// evidence names count as known for as long as that evidence is fresh.
//
// At fixed inputs otherwise: a play that passed never lowers `mean`, one that did not never raises
// it; order and repetition of plays, rules and procedures change nothing. Never fails. Cost: plays
// x rules of the cell, and a quantile (10 us) for each distinct posterior.
Proof prove(const CellInputs& inputs);

// Takes one more procedure or part into what is said of all of them.
void add_observable(evidence::Observable one, std::optional<evidence::Observable>& all);

}  // namespace nepho::coverage
