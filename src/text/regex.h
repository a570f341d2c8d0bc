// Regular expressions that always end: linear time, bounded memory, or refused when they are read.
#pragma once

#include <memory>
#include <optional>
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

// An expression that takes a part out of a text. Groups that only hold together are written
// (?:...). Cheap to copy, safe to use from many threads.
class CapturingRegex {
 public:
  // More groups than alternatives of one form need.
  static constexpr int kMaxGroups = 8;

  // Fails as Regex::compile(), and when there is no group or are more than kMaxGroups.
  static Result<CapturingRegex> compile(std::string_view pattern,
                                        const Limits& limits = kDefaultLimits);

  // What the first group holds that takes part in the first match; a view into `text`. Nothing
  // when none does.
  std::optional<std::string_view> capture(std::string_view text) const;

 private:
  struct Program;
  std::shared_ptr<const Program> program_;  // shared by all copies
};

}  // namespace nepho::text
