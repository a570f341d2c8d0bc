// Holds a Sigma rule against what is known of the single events of its log sources.
#pragma once

#include <vector>

#include "base/problem.h"
#include "event/event_facts.h"
#include "event/log_source.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// The problems: values and events that never occur (kUnknownValue, kUnknownEvent, kNeverLogged),
// events that are logged only when somebody asks for them (kOptionalEvent), fields that records of
// the event have elsewhere (kMisreadField). Each with the place of the item. What stands under
// "not" is left out of account: an exception that never occurs does no harm. Lists of names are
// never complete, so that a name is wrong only where it is nearly a known one or another service's.
std::vector<Problem> lint_events(const sigma::Rule& rule, const event::LogSource& source,
                                 const event::EventFacts& facts);

}  // namespace nepho::inventory
