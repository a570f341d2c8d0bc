// A tabletop as a document in Markdown, for whoever leads it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attack/catalogue.h"
#include "exercise/tabletop.h"

namespace nepho::report {

// A log that the exercise is about, or that the provider has and is off here.
struct TabletopLog {
  std::string id;
  std::string title;
  std::string state;  // "arrives from all accounts": what stands behind the title and a colon
  bool is_on = true;
};

// What the page shows. Views what outlives it.
struct TabletopPage {
  const exercise::Walkthrough& told;
  const exercise::RuleBook& rules;
  const exercise::TabletopGuide& guide;
  const attack::Catalogue& catalogue;
  const attack::Technique& technique;  // of the procedure
  std::string provider;                // its name: "AWS"
  std::string organisation;            // empty: none is known
  std::vector<TabletopLog> logs;
  std::vector<const exercise::Procedure*> not_told;  // further ways of the technique
  std::uint64_t seed = 1;
  std::string record_command;  // that keeps the outcome
};

// The whole document. Everything from logs, rules and procedures is escaped (text/markdown.h). The
// same page gives the same bytes. O(records shown).
std::string tabletop_markdown(const TabletopPage& page);

}  // namespace nepho::report
