// The JSON forms of coverage and explain (cli.md, "Cell").
#pragma once

#include <string>

#include "coverage/coverage.h"
#include "text/json_writer.h"

namespace nepho::coverage {

// One cell as an object. What needs evidence or intelligence that is not there is null or 0, never
// a guess.
void write_cell(text::JsonWriter& json, const Coverage& coverage, const Cell& cell);
// "nephometer/coverage/1": the cells, the rules, the totals, and what was assumed. Deterministic:
// the same coverage gives the same bytes. Members are only added within a version of the schema
// (docs/schemas/); readers skip what they do not know.
std::string to_json(const Coverage& coverage);
// "nephometer/explain/1": one cell and its steps.
std::string explain_json(const Coverage& coverage, const Cell& cell);

}  // namespace nepho::coverage
