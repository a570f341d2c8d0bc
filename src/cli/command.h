// What a command is. One table of these (commands.h) is all that parsing, --help, shell completion
// and the manual page are made from; a command is one file that returns its entry.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nepho::cli {

class Session;

// The exit codes of cli.md. kBadInput: some input was bad, each named on stderr, the rest was done.
// kUsage: a usage or configuration error, or the output could not be written; nothing done.
enum class ExitCode : int { kDone = 0, kCheckFailed = 1, kBadInput = 2, kUsage = 3, kDefect = 70 };

// What a value must be: checked before the command runs, and what a shell offers to complete.
enum class ValueKind { kText, kPath, kFolder, kCount, kDate };

// "--rules PATH", or a flag when `value_name` is empty. With `choices`, any other value is a usage
// error. Given twice, the last counts, unless `repeatable`.
struct Option {
  std::string_view name;        // "--rules"
  std::string_view value_name;  // "PATH"
  std::string_view help;        // one line, no full stop
  ValueKind kind = ValueKind::kText;
  bool repeatable = false;
  std::vector<std::string_view> choices;
  std::string_view short_name;  // "-o"
};

// What stands without a dash: "LOGS...".
struct Positional {
  static constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  std::string_view name;  // "LOGS"
  std::string_view help;
  ValueKind kind = ValueKind::kText;
  std::vector<std::string_view> choices;
  std::size_t min_count = 1;
  std::size_t max_count = 1;
};

// A line that works when typed in the root of a checkout; a test types every one.
struct Example {
  std::string_view line;  // "nepho detect --rules examples/rules examples/logs"
  std::string_view does;  // "run a folder of rules on a folder of logs"
  ExitCode exit = ExitCode::kDone;
};

// An error from `run` means that nothing was done (exit code 3). Bad input is reported through
// Session::report() and raises kDone to kBadInput by itself.
struct Command {
  std::string_view name;         // "detect"; of a group: "attack import"
  std::string_view summary;      // one line, lower case, no full stop
  std::string_view description;  // more, in paragraphs; may be empty
  std::vector<Positional> positionals;
  std::vector<Option> options;
  std::vector<std::string_view> formats;  // of --format; the first is the default; empty: none
  std::vector<Example> examples;
  bool writes_folder = false;  // -o names a folder, which the command fills itself
  Result<ExitCode> (*run)(Session&) = nullptr;
};

// Commands whose names share a first word.
struct CommandGroup {
  std::string_view name;  // "attack"
  std::string_view summary;
};

}  // namespace nepho::cli
