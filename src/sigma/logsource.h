// The logs that a rule is for, in Sigma's words.
#pragma once

#include <compare>
#include <string>

namespace nepho::sigma {

struct Logsource {
  std::string product;
  std::string category;
  std::string service;
  auto operator<=>(const Logsource&) const = default;
};

}  // namespace nepho::sigma
