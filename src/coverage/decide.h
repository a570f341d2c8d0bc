// The state of a cell: the first of nine that holds (coverage-model.md, "States of a cell").
#pragma once

#include <span>

#include "coverage/coverage.h"
#include "coverage/model.h"
#include "coverage/state.h"

namespace nepho::coverage {

// How many procedures must have been tested before all of them alerting proves a cell that has
// `num_procedures`.
std::size_t tests_needed(std::size_t num_procedures, const Model& model);

// Of a cell by itself: from its applicability, rules, log sources and proof.
State decide(const Cell& cell, const Model& model);

// Of a parent from its parts' states, its own procedures' among them, and its whole proof: at most
// partial until every part is validated or exercised.
State decide_parent(const Cell& cell, std::span<const State> parts);

}  // namespace nepho::coverage
