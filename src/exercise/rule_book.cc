#include "exercise/rule_book.h"

#include <algorithm>

namespace nepho::exercise {

bool counts_for(const std::vector<std::string>& claimed, std::string_view technique) {
  const std::string_view parent = technique.substr(0, technique.find('.'));
  return std::ranges::any_of(
      claimed, [&](const std::string& id) { return id == technique || id == parent; });
}

}  // namespace nepho::exercise
