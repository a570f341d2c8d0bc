// Why a cell is what it is: every step that led there, in words a person can follow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/coverage.h"

namespace nepho::coverage {

enum class StepKind : std::uint8_t {
  kApplies,    // whether the technique can be carried out there, and who says so
  kLogSource,  // what logs of the provider arrive
  kRule,       // a working rule and the tag that maps it
  kNative,     // a detector of the provider's own that claims the cell
  kBroken,     // a rule that names the cell and counts nothing
  kChance,     // what is thought of a working rule, before and after its tests
  kEvidence,   // what exercises showed, and what of it counts
  kProcedure,  // what follows for one way of carrying the technique out
  kPart,       // a sub-technique that a parent is the mean of
  kCoverage,   // C, its lower bound, and C with one way more
  kAccepted,   // that somebody accepted its risk
  kState,      // the conclusion
};

// "applies", "log-source", "rule", "native", "broken", "chance", "evidence", "procedure", "part",
// "coverage", "accepted", "state".
std::string_view to_string(StepKind kind);

// `text` is a sentence without line ends; names written by others in it are printable().
struct Step {
  StepKind kind = StepKind::kState;
  std::string text;
};

// The steps in the order of reasoning; the last one is the state. `cell` belongs to `coverage`. Of
// a cell that does not apply there are two steps, since nothing further was asked; of any other at
// least six. O(its rules + evidence + procedures).
std::vector<Step> explain(const Coverage& coverage, const Cell& cell);

// "disabled: it is switched off; deprecated: ..." Empty for no faults. The reasons are harmless to
// print, so this is.
std::string reasons(const std::vector<Broken>& faults);

}  // namespace nepho::coverage
