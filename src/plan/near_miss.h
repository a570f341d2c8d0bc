// Why a rule did not fire: what of it held for an event, and what did not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "event/log_source.h"
#include "sigma/rule.h"
#include "text/json.h"

namespace nepho::plan {

// A test of a rule whose outcome is not the one that its condition needs.
struct Unmet {
  std::string field;     // as the rule writes it; empty for a keyword
  std::string wanted;    // "policyarn: *administratoraccess", or "not ..." of what should not hold
  std::string seen;      // what the event has there, bounded; "nothing" where it has none
  std::size_t line = 0;  // of the test in the rule's file
};

// A rule that was made for this event (its test of the event's name held) and did not fire.
struct NearMiss {
  std::vector<Unmet> unmet;  // the fewest whose turning would make the rule fire; not empty
};

// By the reference evaluator (plan/reference.h), which says what rules mean. Nothing when the rule
// fires, or when no test of the event's name holds in it. Texts come from rule and log: show them
// through an encoder. O(the rule * the event); for events that somebody asks about, not for all.
std::optional<NearMiss> near_miss(const sigma::Rule& rule, const text::JsonValue& event,
                                  const event::LogSource& source, bool strict_fields = false);

// "eventName is *CreateUser, and the event has DeleteUser", for a person.
std::string to_sentence(const Unmet& unmet);

}  // namespace nepho::plan
