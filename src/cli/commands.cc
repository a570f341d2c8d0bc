#include "cli/commands.h"

#include <algorithm>

namespace nepho::cli {
namespace {

// Calling each file's function keeps the order ours; a static registration would leave it to the
// linker.
std::vector<Command> collect() {
  std::vector<Command> all;
  // One line a command file, in the order in which a newcomer meets them.
  for (auto* const of_file : {
           init_commands,
           map_commands,
           sources_commands,
           detect_commands,
           simulate_commands,
           validate_commands,
           tabletop_commands,
           coverage_commands,
           explain_commands,
           report_commands,
           import_commands,
           matrix_commands,
           attack_info_commands,
           attack_import_commands,
           attack_migrate_commands,
           attack_diff_commands,
           completion_commands,
           manual_commands,
       }) {
    std::ranges::move(of_file(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

const std::vector<Command>& all_commands() {
  static const std::vector<Command> kCommands = collect();
  return kCommands;
}

const std::vector<CommandGroup>& command_groups() {
  static const std::vector<CommandGroup> kGroups{
      {"attack", "the ATT&CK catalogue: what is loaded, read a bundle, migrate old ids, compare"},
  };
  return kGroups;
}

const std::vector<Option>& common_options() {
  static const std::vector<Option> kOptions{
      {.name = "--workspace",
       .value_name = "DIR",
       .help = "the folder with nephometer.yml (default: the nearest upwards, else none)",
       .kind = ValueKind::kFolder},
      {.name = "--knowledge",
       .value_name = "DIR",
       .help = "a folder laid over the built-in knowledge",
       .kind = ValueKind::kFolder},
      {.name = "--attack", .value_name = "VERSION", .help = "the ATT&CK version (default: newest)"},
      {.name = "--format", .value_name = "FORMAT", .help = "the form of the output"},
      {.name = "--output",
       .value_name = "FILE",
       .help = "write there in place of stdout; its ending chooses the format",
       .kind = ValueKind::kPath,
       .short_name = "-o"},
      {.name = "--color",
       .value_name = "WHEN",
       .help = "colour: auto, always or never (NO_COLOR is honoured)",
       .choices = {"auto", "always", "never"}},
      {.name = "--quiet", .help = "say nothing but errors", .short_name = "-q"},
      {.name = "--verbose", .help = "say more about what is done", .short_name = "-v"},
      {.name = "--as-of",
       .value_name = "DATE",
       .help = "take this day for today, so that output is reproducible",
       .kind = ValueKind::kDate},
      {.name = "--jobs",
       .value_name = "N",
       .help = "threads to use (default: one a processor)",
       .kind = ValueKind::kCount},
      {.name = "--help", .help = "show help and end", .short_name = "-h"},
  };
  return kOptions;
}

std::vector<std::string_view> first_words() {
  std::vector<std::string_view> words;
  for (const auto& command : all_commands()) {
    const auto word = command.name.substr(0, command.name.find(' '));
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string_view summary_of(std::string_view first_word) {
  if (const Command* command = find_command(first_word)) return command->summary;
  const auto group = std::ranges::find(command_groups(), first_word, &CommandGroup::name);
  return group == command_groups().end() ? std::string_view{} : group->summary;
}

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> options = command.options;
  for (const auto& option : common_options()) {
    if (option.name == "--format" && command.formats.empty()) continue;
    options.push_back(option);
    if (option.name == "--format") options.back().choices = command.formats;
    if (option.name == "--output" && command.writes_folder) {
      options.back().value_name = "DIR";
      options.back().help = "write files into this folder in place of stdout";
      options.back().kind = ValueKind::kText;
    }
  }
  return options;
}

const Command* find_command(std::string_view name) {
  const auto& all = all_commands();
  const auto found = std::ranges::find(all, name, &Command::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<const Command*> commands_of_group(std::string_view group) {
  std::vector<const Command*> members;
  for (const Command& command : all_commands()) {
    const bool is_member = command.name.size() > group.size() && command.name.starts_with(group) &&
                           command.name[group.size()] == ' ';
    if (is_member) members.push_back(&command);
  }
  return members;
}

}  // namespace nepho::cli
