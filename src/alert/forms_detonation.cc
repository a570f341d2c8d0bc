// What tools that detonate attacks found. Stratus Red Team writes no results of its own
// (DataDog/stratus-red-team, issue 241); Threatest, which detonates Stratus's techniques and asks a
// SIEM, writes with --discover a list of detonations with the signals of each. The detonation's id
// stands in the list's entry, not in the signal: read.h hands it down.
#include "alert/form.h"

namespace nepho::alert {

std::vector<Form> detonation_forms() {
  return {{
      .name = "threatest",
      .product = "Threatest",
      .signs = {{{"signalId", {}}, {"ruleName", {}}, {"timestamp", {}}}},
      .raised_by = {},
      .id = {"signalId"},
      .rule = {"ruleName"},
      .title = {"ruleName"},
      .severity = {"severity"},
      .time = {"timestamp"},
      .seen_from = {},
      .seen_to = {},
      .techniques = {"tags"},
      .accounts = {},
      .actors = {},
      .addresses = {},
      .event_ids = {},
  }};
}

}  // namespace nepho::alert
