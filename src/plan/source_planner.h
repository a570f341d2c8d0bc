// Compiles the rules of one log source: fields to slots, items to predicates, conditions to
// programs.
#pragma once

#include <cstdint>
#include <vector>

#include "event/key_table.h"
#include "plan/plan.h"

namespace nepho::plan {

// The plan for `source` (nullptr: field names are paths) with the rules at these indices of
// `rules`. Registers the keys it needs in `keys`. Equal items share one predicate, equal fields one
// slot.
SourcePlan plan_source(const event::LogSource* source, const std::vector<sigma::Rule>& rules,
                       const std::vector<std::uint32_t>& indices, event::KeyTable& keys);

}  // namespace nepho::plan
