// The table of all commands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace nepho::cli {

// In the order of the overview. Made once; the same object at every call.
const std::vector<Command>& all_commands();
const std::vector<CommandGroup>& command_groups();

// What every command takes beside its own options.
const std::vector<Option>& common_options();

// The words that may stand first: commands and groups, each once, in table order.
std::vector<std::string_view> first_words();
// What a command or a group does: its summary; empty when there is none of this name.
std::string_view summary_of(std::string_view first_word);
// All that a command takes: its own options, then the common ones. --format has the command's
// formats for choices, and is left out where there are none.
std::vector<Option> options_of(const Command& command);

// The command of this full name ("attack import"), or nullptr.
const Command* find_command(std::string_view name);
// The commands of a group, in table order.
std::vector<const Command*> commands_of_group(std::string_view group);

// The command files, one function each; all_commands() calls them.
std::vector<Command> init_commands();
std::vector<Command> map_commands();
std::vector<Command> sources_commands();
std::vector<Command> detect_commands();
std::vector<Command> simulate_commands();
std::vector<Command> validate_commands();
std::vector<Command> tabletop_commands();
std::vector<Command> coverage_commands();
std::vector<Command> explain_commands();
std::vector<Command> report_commands();
std::vector<Command> import_commands();
std::vector<Command> matrix_commands();
std::vector<Command> attack_info_commands();
std::vector<Command> attack_import_commands();
std::vector<Command> attack_migrate_commands();
std::vector<Command> attack_diff_commands();
std::vector<Command> completion_commands();
std::vector<Command> manual_commands();

}  // namespace nepho::cli
