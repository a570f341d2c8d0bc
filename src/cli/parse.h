// From argv to a request. The only place that looks at argv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace nepho::cli {

inline constexpr ErrorCode kUnknownCommand{"cli.unknown_command"};
inline constexpr ErrorCode kUnknownOption{"cli.unknown_option"};
inline constexpr ErrorCode kMissingValue{"cli.missing_value"};
inline constexpr ErrorCode kBadValue{"cli.bad_value"};
inline constexpr ErrorCode kMissingArgument{"cli.missing_argument"};
inline constexpr ErrorCode kExtraArgument{"cli.extra_argument"};

struct Request {
  enum class Kind { kOverview, kHelp, kGroupHelp, kVersion, kRun };
  Kind kind = Kind::kOverview;
  const Command* command = nullptr;  // kHelp, kRun
  std::string group;                 // kGroupHelp: "attack"
  Arguments arguments;               // kRun
  CommonOptions options;             // read as far as possible, whatever the kind
};

// `words` is argv without the program's name. Common options may stand before or behind the
// command; "--" ends the options. Any error is one of usage (exit code 3), with a "did you mean"
// and the help to look at in its hint.
Result<Request> parse(const std::vector<std::string>& words);

}  // namespace nepho::cli
