// What each code of `nepho map --lint` means: for SARIF, and for docs/lint.md.
#pragma once

#include <span>
#include <string_view>

#include "base/problem.h"

namespace nepho::inventory {

struct LintCode {
  std::string_view code;
  Severity severity;  // as a rule; a problem may be milder
  bool has_fix;       // `nepho map --fix` mends it, where it is sure what to write
  std::string_view title;
  std::string_view explanation;
};

// All codes of problems.h, in its order.
std::span<const LintCode> lint_codes();

// nullptr for others, those of reading ("yaml.syntax", "sigma.bad_value").
const LintCode* find_lint_code(std::string_view code);

}  // namespace nepho::inventory
