// What a play knows of the organisation it is played in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::exercise {

// The lists of nephometer.yml by their names there ("account_ids", "networks",
// "provisioning_principals"); the same texts that rules get as placeholders. A list that is absent
// is empty, and the values of knowledge/operations/ stand in for it.
struct Context {
  std::map<std::string, std::vector<std::string>, std::less<>> lists;

  const std::vector<std::string>& list(std::string_view name) const {
    static const std::vector<std::string> kNone;
    const auto found = lists.find(name);
    return found == lists.end() ? kNone : found->second;
  }
};

}  // namespace nepho::exercise
