// Regular expressions that always end: linear time, bounded memory, or refused when they are read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::text {

inline constexpr ErrorCode kBadRegex{"regex.bad"};

struct RegexFlags {
  bool ignore_case = false;  // i
  bool multi_line = false;   // m: ^ and $ at line ends
  bool dot_all = false;      // s: . matches a line end
};

// A compiled expression (RE2's syntax: no look-around, no back references). Cheap to copy: copies
// share the immutable program. Safe to use from many threads.
class Regex {
 public:
  // Fails with the reason and, where we know one, a way to write it without the missing feature.
  static Result<Regex> compile(std::string_view pattern, RegexFlags flags = {},
                               const Limits& limits = kDefaultLimits);

  // Whether the expression matches somewhere in `text`. Never allocates beyond the program's
  // budget.
  bool search(std::string_view text) const;
  // The pattern with its flags in front, "(?i)..."; equal sources are equal tests.
  const std::string& source() const;

 private:
  struct Program;
  // Shared by every copy of the rule that carries it and by the plan.
  std::shared_ptr<const Program> program_;
};

}  // namespace nepho::text
