// What can be asked of a workspace once it is read. Reading and its faults are read.cc's; nothing
// here can fail.
#include "workspace/workspace.h"

#include <algorithm>

#include "workspace/provider_lists.h"

namespace nepho::workspace {
namespace {

using Placeholders = std::map<std::string, std::vector<std::string>>;

// Joins `values` to the list of this name, each once. Lists are short: a search a value is enough.
void add(Placeholders& all, std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  auto& list = all[std::string(name)];
  for (const auto& value : values) {
    if (std::ranges::find(list, value) == list.end()) list.push_back(value);
  }
}

}  // namespace

const ProviderUse* Workspace::find_provider(std::string_view id) const {
  const auto found = std::ranges::find(providers, id, &ProviderUse::provider);
  return found == providers.end() ? nullptr : &*found;
}

const LogSourceUse* Workspace::find_log_source(std::string_view id) const {
  const auto found = std::ranges::find(log_sources, id, &LogSourceUse::id);
  return found == log_sources.end() ? nullptr : &*found;
}

Placeholders placeholders(const Workspace& workspace) {
  Placeholders all;
  const Organisation& organisation = workspace.organisation;
  add(all, "sectors", organisation.sectors);
  add(all, "countries", organisation.countries);
  add(all, "domains", organisation.domains);
  add(all, "networks", organisation.networks);
  for (const auto& provider : workspace.providers) {
    for (const auto& [name, list] : kProviderLists) add(all, name, provider.*list);
  }
  // Last, so that a user's list of the same name adds to ours and never hides it.
  for (const auto& [name, values] : workspace.own_placeholders) add(all, name, values);
  return all;
}

}  // namespace nepho::workspace
