// What the parsers of one document share.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "base/limits.h"
#include "base/problem.h"
#include "sigma/placeholders.h"

namespace nepho::sigma {

// Names of placeholders that a document has and nobody gave values for: those without which it is
// not run, and those of its optional filters (detection.h), without which it runs wider.
struct MissingPlaceholders {
  std::set<std::string> needed;
  std::set<std::string> optional;
};

// Nothing is owned; all of it outlives the parsers.
struct ParseContext {
  const std::string& file;
  const Placeholders& placeholders;
  const Limits& limits;
  LoadReport& report;                      // where everything wrong goes, with its place
  MissingPlaceholders* missing = nullptr;  // taken note of there, unless null
  bool array_matching = false;             // LoadOptions::array_matching
  std::size_t array_depth =
      0;  // how many selectors stand around what is parsed (item.h, ArrayTest)
};

}  // namespace nepho::sigma
