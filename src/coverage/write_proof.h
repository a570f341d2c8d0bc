// The JSON form of a proof: the numbers of a cell, and all that they were made from.
#pragma once

#include "coverage/coverage.h"
#include "text/json_writer.h"

namespace nepho::coverage {

// "mean", "l90", "tested", "alerted", "procedures" of a cell, as members of the open object. The
// first two are null where the technique does not apply.
void write_proof_numbers(text::JsonWriter& json, const Cell& cell);
// The whole proof as one object: rules with the factors of their priors, procedures with their log
// sources, evidence with its weight or why it has none. Lists are of the cell's own.
void write_proof(text::JsonWriter& json, const Coverage& coverage, const Cell& cell);

}  // namespace nepho::coverage
