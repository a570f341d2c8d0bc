// The nephometer.yml that `nepho init` writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nepho::workspace {

// What the user told about themselves; anything may be empty.
struct Starter {
  std::string name;
  std::vector<std::string> sectors;
  std::vector<std::string> countries;
  std::vector<std::string> domains;
  std::vector<std::string> networks;
  std::vector<std::string> providers;  // ids
  std::vector<std::string> log_sources;
  std::vector<std::string> rule_paths;  // as they are to stand in the file
};

// The text of the file: what was told filled in, the rest as examples behind '#'. It reads back
// without a fault, whatever the texts hold.
//
// Texts may hold anything: they go in as double-quoted scalars, ids as keys. The caller has checked
// what must be true of them (providers known, networks CIDR). No trailing blanks, at most 100
// columns but for what was told.
std::string starter_text(const Starter& starter);

}  // namespace nepho::workspace
