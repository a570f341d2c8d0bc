// What a rule may be about, from the events in its own text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/decisive_events.h"
#include "inventory/detection.h"
#include "sigma/rule.h"

namespace nepho::inventory {

// The fields and values that a Sigma rule asks for, a line each; not what it excludes.
std::string asked_text(const sigma::Rule& rule);

// At most three techniques, the likeliest first. Looks at the text and the providers alone: what
// the rule maps to plays no part, so that it can be measured on rules whose mapping is known
// (tools/measure_suggestions.py). An event's confidence counts the less, the more of the other
// events in the text say something else: score = confidence x (1 + share) / 2, where share is the
// part of the events that mean this technique; under 0.27 nothing is suggested.
std::vector<Suggestion> suggest(std::string_view text, const std::vector<std::string>& providers,
                                const DecisiveEvents& events);

// The suggestions that would better the rule's mapping: all where it names no technique, those
// below a parent that it names alone.
std::vector<Suggestion> useful_suggestions(const Detection& detection);

// Its events in a line, the first few: "CreateAccessKey, CreateUser".
std::string reason_of(const Suggestion& suggestion);

// Puts the likeliest useful suggestion into the hint of what the mapping lacks (unmapped,
// tactic-only, parent-only).
void hint_suggestions(Detection& detection);

}  // namespace nepho::inventory
