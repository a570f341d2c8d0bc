// How a cell's numbers came about, in words: the part of explain() that is about proof.
#pragma once

#include <vector>

#include "coverage/coverage.h"
#include "coverage/explain.h"

namespace nepho::coverage {

// What is thought of each working rule and why; each piece of evidence and what it counts; each
// procedure by its log sources; a parent's parts; and C. Every number can be computed from those in
// the sentences before it. O(the cell's rules + evidence + procedures).
std::vector<Step> explain_proof(const Coverage& coverage, const Cell& cell);

// "a working rule, no fresh test": what made the state hold, and which of the nine it is.
std::string why_state(const Coverage& coverage, const Cell& cell);

// Why it counts, or what took its weight: "expired: older than 180 days".
std::string fate_in_words(const EvidenceUse& use, const Model& model);

// What a person calls the rule: its title, else its id, else its file; harmless to print.
std::string rule_name(const RuleSummary& rule);

}  // namespace nepho::coverage
