// `nepho map --suggest`: techniques for rules whose mapping lacks something.
#pragma once

#include <vector>

#include "cli/command.h"
#include "cli/session.h"
#include "inventory/take.h"
#include "report/table.h"

namespace nepho::cli {

// --suggest.
std::vector<Option> suggestion_options();
// Also for --lint, whose hints name what is likeliest.
bool wants_suggestions(const Session& session);
// A row a suggestion, of the rules that name no technique or a parent alone.
report::Table suggestion_table(const inventory::Inventory& inventory);

}  // namespace nepho::cli
