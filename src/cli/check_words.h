// Whether the words that were typed are what the command declared. Every error is one of usage.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace nepho::cli {

// Where to look on: "see 'nepho detect --help'"; `command` may be empty.
std::string see_help(std::string_view command);

// Holds the values of `option` against its kind and its choices.
Result<void> check_values(const Option& option, const Arguments& arguments,
                          std::string_view command);

// Deals the words without a dash out to the command's positionals, in order; each takes all it may
// hold but what those behind it need. Too few or too many are an error, as is a value that is not
// of its kind.
Result<void> deal_positionals(const Command& command, std::span<const std::string> words,
                              Arguments& arguments);

// The value of --format when the command has it; else the format that the ending of -o names
// (report.html, map.md); else the command's first. Empty when it has none.
Result<std::string> choose_format(const Command& command, const Arguments& common);

}  // namespace nepho::cli
