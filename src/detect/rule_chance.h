// Which rules could ever hold for the records of a survey.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detect/survey.h"
#include "plan/plan.h"

namespace nepho::detect {

// Whether a rule could hold for records like these, as far as the names of events and of fields
// tell.
struct RuleChance {
  enum class Verdict : std::uint8_t {
    kCould,
    kNoEvent,   // no record has the value that the rule asks for in a dispatch field
    kNoField,   // no record has a field without which the rule never holds
    kNoRecord,  // its log sources have no record here
    kUnknown,   // no log source known feeds it
  };
  Verdict verdict = Verdict::kUnknown;
  std::string field;                // what is missed
  std::vector<std::string> wanted;  // of a dispatch field: the texts, folded
};

// By rule of the plan, over what was surveyed with it; of several log sources the better verdict
// counts. Of a correlation, which other rules feed, kUnknown. kCould errs towards hope: where a
// bound of the survey was met, and where the names of events and fields do not tell.
std::vector<RuleChance> rule_chances(const plan::Plan& plan,
                                     const std::vector<SourceSurvey>& surveys);

}  // namespace nepho::detect
