// What the page under web/ shows, as one JSON document: docs/schemas/page.json.
#pragma once

#include <span>
#include <string>

#include "coverage/coverage.h"
#include "evidence/evidence.h"
#include "evidence/procedure.h"
#include "report/html.h"

namespace nepho::report {

// What was played and what could be. Views: they must outlive the call they are handed to.
struct PageProof {
  std::span<const evidence::Evidence> evidence;
  std::span<const evidence::Procedure> procedures;
};

// "nephometer/page/1": the coverage as `coverage --format json` has it, beside it the names that
// belong to its ids, how the states look, and for each cell the steps of explain, its evidence and
// its procedures (for leadership nothing of these). Proof of a technique and provider without a
// cell is left out. Whatever others wrote is quoted as JSON, no more: lay_in() is what makes it
// harmless in a page.
//
// Deterministic. O(cells x their steps + proof).
std::string page_json(const coverage::Coverage& coverage, const PageOptions& options,
                      const PageProof& proof = {});

}  // namespace nepho::report
