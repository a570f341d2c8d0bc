// Zsh completes by specifications: _describe takes 'word:help', _arguments takes
// '--option[help]:value name:action' (zshcompsys(1)).
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/completion.h"

namespace nepho::cli {
namespace {

// Text inside a specification: its own signs escaped.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// "'--rules[help]:PATH:_files'", and the same for the short name.
std::string zsh_option(const Option& option) {
  std::string action;
  if (!option.value_name.empty()) {
    action = fmt::format(":{}:", zsh_text(option.value_name));
    if (!option.choices.empty()) action += fmt::format("({})", join_names(option.choices));
    if (option.kind == ValueKind::kPath) action += "_files";
    if (option.kind == ValueKind::kFolder) action += "_files -/";
  }
  const std::string spec = fmt::format("[{}]{}", zsh_text(option.help), action);
  const std::string star = option.repeatable ? "*" : "";
  std::string line = fmt::format(" {}", in_quotes(fmt::format("{}{}{}", star, option.name, spec)));
  if (!option.short_name.empty()) {
    line += fmt::format(" {}", in_quotes(fmt::format("{}{}", option.short_name, spec)));
  }
  return line;
}

// The cases of the groups: their commands, and the full name for what follows.
std::string zsh_groups() {
  std::string script;
  for (const auto& group : command_groups()) {
    std::string members;
    for (const Command* command : commands_of_group(group.name)) {
      members += fmt::format(
          " {}", in_quotes(fmt::format("{}:{}", command->name.substr(group.name.size() + 1),
                                       zsh_text(command->summary))));
    }
    if (members.empty()) continue;
    script += fmt::format(
        "    {0}) if (( CURRENT == 3 )); then local -a members=({1}); _describe command members; "
        "return; fi\n      command=\"{0} $words[3]\"; shift words; (( CURRENT-- )) ;;\n",
        group.name, members);
  }
  return script;
}

}  // namespace

std::string zsh_completion() {
  std::string script =
      "#compdef nepho\n# zsh completion of nepho; made by 'nepho completion zsh'.\n_nepho() {\n"
      "  local command=$words[2]\n  case $command in\n";
  script += zsh_groups();
  script += "  esac\n  if (( CURRENT == 2 )); then\n    local -a commands=(";
  for (const auto word : first_words()) {
    script += fmt::format(" {}", in_quotes(fmt::format("{}:{}", word, zsh_text(summary_of(word)))));
  }
  script +=
      ")\n    _describe command commands\n    return\n  fi\n"
      "  shift words; (( CURRENT-- ))\n  case $command in\n";
  for (const auto& command : all_commands()) {
    script += fmt::format("    {}) _arguments", in_quotes(command.name));
    for (const auto& option : options_of(command)) script += zsh_option(option);
    script += " '*:file:_files' ;;\n";
  }
  return script +
         "  esac\n}\nif [[ $funcstack[1] == _nepho ]]; then _nepho; else compdef _nepho nepho; "
         "fi\n";
}

}  // namespace nepho::cli
