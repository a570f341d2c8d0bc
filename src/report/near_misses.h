// Why rules stayed silent though their event came, for `nepho detect --near-misses`.
#pragma once

#include <string>
#include <vector>

#include "detect/near_misses.h"
#include "plan/plan.h"
#include "report/table.h"
#include "text/json_writer.h"

namespace nepho::report {

// One row a fault, those of a rule one below the other.
Table near_miss_table(const plan::Plan& plan, const std::vector<detect::SilentRule>& silent);

// The array of "near_misses".
void write_near_misses(const plan::Plan& plan, const std::vector<std::string>& files,
                       const std::vector<detect::SilentRule>& silent, text::JsonWriter& json);

}  // namespace nepho::report
