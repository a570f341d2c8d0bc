// What the parsers of one document share.
#pragma once

#include <set>
#include <string>

#include "base/limits.h"
#include "base/problem.h"
#include "sigma/placeholders.h"

namespace nepho::sigma {

// Nothing is owned; all of it outlives the parsers.
struct ParseContext {
  const std::string& file;
  const Placeholders& placeholders;
  const Limits& limits;
  LoadReport& report;  // where everything wrong goes, with its place
  // Takes the names of placeholders that the document has and nobody gave values for; may be null.
  std::set<std::string>* missing = nullptr;
};

}  // namespace nepho::sigma
