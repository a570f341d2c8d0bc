// Rules of any product, listed as CSV by hand or by a script.
#pragma once

#include <string_view>
#include <vector>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {

// One rule a row. The first row names the columns, in any order and case: "id" or "name", and
// "techniques" ("technique", "technique_id"); "tactics", "provider" ("providers"), "enabled",
// "severity" ("level") and "status" are optional, others are passed over. Techniques, tactics and
// providers are separated by ';', ',', '|' or blanks. Quoting is RFC 4180's. Cells that are missing
// at the end of a row are empty.
std::vector<ForeignRule> read_csv_rules(const RuleFile& file);

// Whether the first row names such columns.
bool is_csv_rules(std::string_view text);

}  // namespace nepho::inventory
