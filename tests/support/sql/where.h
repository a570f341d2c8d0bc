// A Sigma rule as a WHERE clause: the second opinion on what rules mean. It reads what the parser
// made of a rule (sigma/rule.h) and nothing of plan/ or detect/.
#pragma once

#include <expected>
#include <set>
#include <string>

#include "sigma/rule.h"
#include "tests/support/sql/dialect.h"

namespace nepho::tests::sql {

// The clause, over the tables of events.h; or why the rule has none.
std::expected<std::string, std::string> where_clause(const sigma::Rule& rule, Dialect dialect);

// The fields that the rule reads, those of fieldref too; "" for keywords.
std::set<std::string> fields_of(const sigma::Rule& rule);

}  // namespace nepho::tests::sql
