// `nepho map` the other way round: from techniques and providers to rules.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/session.h"
#include "inventory/take.h"

namespace nepho::cli {

// --technique, --provider, --by-technique, --one-rule.
std::vector<Option> map_index_options();

// What --technique and --provider ask for; an empty list is everything.
struct Wanted {
  std::vector<std::string> techniques;  // current ids
  std::vector<std::string> providers;
};
// An id that ATT&CK never had, or an unknown provider, is an error with a way out; a retired id
// means its successor, which is noted.
Result<Wanted> wanted_of(Session& session);
// Keeps the detections that are wanted.
void narrow(const Wanted& wanted, inventory::Inventory& inventory);

// Whether --by-technique or --one-rule is given.
bool wants_index(const Session& session);
// Writes one entry a technique and provider that are wanted, in the session's format.
void print_index(Session& session, const inventory::Inventory& inventory, const Wanted& wanted);

}  // namespace nepho::cli
