// Bash calls _nepho with the words typed so far in COMP_WORDS and the place of the cursor's word in
// COMP_CWORD; what may stand there goes to COMPREPLY ("Programmable Completion", Bash Reference
// Manual 8.6). The script is one case over the command, and in it one over the word before.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/completion.h"

namespace nepho::cli {
namespace {

// For each option that takes a value: what may stand behind it.
std::string bash_values(const Command& command) {
  std::string cases;
  for (const auto& option : options_of(command)) {
    if (option.value_name.empty()) continue;
    std::string names(option.name);
    if (!option.short_name.empty()) names += fmt::format("|{}", option.short_name);
    std::string action = "COMPREPLY=(); return";
    if (!option.choices.empty()) {
      action = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\")); return",
                           join_names(option.choices));
    } else if (option.kind == ValueKind::kPath) {
      action = "COMPREPLY=($(compgen -f -- \"$word\")); return";
    } else if (option.kind == ValueKind::kFolder) {
      action = "COMPREPLY=($(compgen -d -- \"$word\")); return";
    }
    cases += fmt::format("        {}) {} ;;\n", names, action);
  }
  return cases;
}

// The case of one command.
std::string bash_command(const Command& command) {
  std::vector<std::string_view> names;
  const auto options = options_of(command);
  for (const auto& option : options) names.push_back(option.name);
  return fmt::format(
      "    {})\n"
      "      case $before in\n{}      esac\n"
      "      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '{}' -- \"$word\"))\n"
      "      else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n",
      in_quotes(command.name), bash_values(command), join_names(names));
}

// The cases of the groups: their commands, and the full name for what follows.
std::string bash_groups() {
  std::string script;
  for (const auto& group : command_groups()) {
    std::vector<std::string_view> members;
    for (const Command* command : commands_of_group(group.name)) {
      members.push_back(command->name.substr(group.name.size() + 1));
    }
    if (members.empty()) continue;
    script += fmt::format(
        "    {0}) if [[ $COMP_CWORD -eq 2 ]]; then COMPREPLY=($(compgen -W '{1}' -- \"$word\")); "
        "return; fi\n      command=\"{0} ${{COMP_WORDS[2]}}\" ;;\n",
        group.name, join_names(members));
  }
  return script;
}

}  // namespace

std::string bash_completion() {
  std::string script =
      "# bash completion of nepho; made by 'nepho completion bash'.\n"
      "_nepho() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=\n"
      "  [[ $COMP_CWORD -gt 1 ]] && command=${COMP_WORDS[1]}\n"
      "  case $command in\n";
  script += bash_groups();
  script += fmt::format(
      "    '') COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\")); return ;;\n  esac\n"
      "  case $command in\n",
      join_names(first_words()));
  for (const auto& command : all_commands()) script += bash_command(command);
  return script + "  esac\n}\ncomplete -o filenames -F _nepho nepho\n";
}

}  // namespace nepho::cli
