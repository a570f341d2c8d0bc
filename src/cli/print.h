// Putting a table out in the format that was asked for.
#pragma once

#include "cli/session.h"
#include "report/table.h"

namespace nepho::cli {

// Writes `table` to the session's output as "markdown" or "csv" when that is its format, else as
// text for its terminal.
void print(Session& session, const report::Table& table);

}  // namespace nepho::cli
