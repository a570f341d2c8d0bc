// The texts of `nepho`, `nepho --help` and `nepho CMD --help`, made from the command table.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/terminal.h"

namespace nepho::cli {

// All texts are laid out in terminal.width columns (at most 100) and end with a line end.

// What the program is, its commands, and where to begin.
std::string overview_text(const Terminal& terminal);
std::string command_help_text(const Command& command, const Terminal& terminal);
std::string group_help_text(std::string_view group, const Terminal& terminal);
// "nepho 0.1.0".
std::string version_text();

// The first line of a command's help: "nepho detect [OPTIONS] LOGS...".
std::string usage_line(const Command& command);
// "-o, --output FILE".
std::string option_label(const Option& option);
// The help of an option with its choices: of --format, the command's.
std::string option_help(const Option& option, const Command& command);

}  // namespace nepho::cli
