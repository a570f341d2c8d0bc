// `nepho completion bash|zsh|fish`: completion scripts, made from the command table.
#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/session.h"

namespace nepho::cli {
namespace {

std::string join_names(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, " "));
}

// The first words: commands and groups, each once, in table order.
std::vector<std::string_view> first_words() {
  std::vector<std::string_view> words;
  std::set<std::string_view> seen;
  for (const auto& command : all_commands()) {
    const auto word = command.name.substr(0, command.name.find(' '));
    if (seen.insert(word).second) words.push_back(word);
  }
  return words;
}

// The options of a command and those of every command; --format only where it means something.
std::vector<Option> all_options(const Command& command) {
  std::vector<Option> options = command.options;
  for (const auto& option : common_options()) {
    if (option.name == "--format" && command.formats.empty()) continue;
    options.push_back(option);
    if (option.name == "--format") options.back().choices = command.formats;
  }
  return options;
}

// Text inside single quotes of a shell.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// ---- bash ----

std::string bash_values(const Command& command) {
  std::string cases;
  for (const auto& option : all_options(command)) {
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

std::string bash_command(const Command& command) {
  std::vector<std::string_view> names;
  const auto options = all_options(command);
  for (const auto& option : options) names.push_back(option.name);
  return fmt::format(
      "    {})\n"
      "      case $before in\n{}      esac\n"
      "      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '{}' -- \"$word\"))\n"
      "      else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n",
      in_quotes(command.name), bash_values(command), join_names(names));
}

std::string bash_script() {
  std::string script =
      "# bash completion of nepho; made by 'nepho completion bash'.\n"
      "_nepho() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=\n"
      "  [[ $COMP_CWORD -gt 1 ]] && command=${COMP_WORDS[1]}\n"
      "  case $command in\n";
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
  script += fmt::format(
      "    '') COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\")); return ;;\n  esac\n"
      "  case $command in\n",
      join_names(first_words()));
  for (const auto& command : all_commands()) script += bash_command(command);
  return script + "  esac\n}\ncomplete -o filenames -F _nepho nepho\n";
}

// ---- zsh ----

std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

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

std::string zsh_script() {
  std::string script =
      "#compdef nepho\n# zsh completion of nepho; made by 'nepho completion zsh'.\n_nepho() {\n"
      "  local command=$words[2]\n  case $command in\n";
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
  script += "  esac\n  if (( CURRENT == 2 )); then\n    local -a commands=(";
  for (const auto word : first_words()) {
    std::string_view summary;
    if (const Command* command = find_command(word)) summary = command->summary;
    for (const auto& group : command_groups()) {
      if (group.name == word) summary = group.summary;
    }
    script += fmt::format(" {}", in_quotes(fmt::format("{}:{}", word, zsh_text(summary))));
  }
  script +=
      ")\n    _describe command commands\n    return\n  fi\n"
      "  shift words; (( CURRENT-- ))\n  case $command in\n";
  for (const auto& command : all_commands()) {
    script += fmt::format("    {}) _arguments", in_quotes(command.name));
    for (const auto& option : all_options(command)) script += zsh_option(option);
    script += " '*:file:_files' ;;\n";
  }
  return script +
         "  esac\n}\nif [[ $funcstack[1] == _nepho ]]; then _nepho; else compdef _nepho nepho; "
         "fi\n";
}

// ---- fish ----

std::string fish_option(const Option& option, std::string_view condition) {
  std::string line = fmt::format("complete -c nepho -n {} -l {}", condition, option.name.substr(2));
  if (!option.short_name.empty()) line += fmt::format(" -s {}", option.short_name.substr(1));
  const bool takes_files = option.kind == ValueKind::kPath || option.kind == ValueKind::kFolder;
  if (!option.value_name.empty()) line += takes_files ? " -r -F" : " -x";
  if (!option.choices.empty()) line += fmt::format(" -a {}", in_quotes(join_names(option.choices)));
  return line + fmt::format(" -d {}\n", in_quotes(option.help));
}

std::string fish_script() {
  std::string script = "# fish completion of nepho; made by 'nepho completion fish'.\n";
  std::set<std::string_view> seen;
  for (const auto& command : all_commands()) {
    const std::size_t blank = command.name.find(' ');
    const auto word = command.name.substr(0, blank);
    std::string_view summary = command.summary;
    std::string condition = fmt::format("'__fish_seen_subcommand_from {}'", word);
    if (blank != std::string_view::npos) {
      const auto member = command.name.substr(blank + 1);
      script += fmt::format("complete -c nepho -f -n {} -a {} -d {}\n", condition, member,
                            in_quotes(command.summary));
      condition = fmt::format(
          "'__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from {}'", word, member);
      for (const auto& group : command_groups()) {
        if (group.name == word) summary = group.summary;
      }
    }
    if (seen.insert(word).second) {
      script += fmt::format("complete -c nepho -f -n __fish_use_subcommand -a {} -d {}\n", word,
                            in_quotes(summary));
    }
    for (const auto& option : all_options(command)) script += fish_option(option, condition);
  }
  return script;
}

Result<ExitCode> run_completion(Session& session) {
  const std::string shell = session.arguments().value_or("SHELL", "");
  if (shell == "bash") session.out().write(bash_script());
  if (shell == "zsh") session.out().write(zsh_script());
  if (shell == "fish") session.out().write(fish_script());
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> completion_commands() {
  return {
      {.name = "completion",
       .summary = "print the completion script of a shell",
       .positionals = {{.name = "SHELL",
                        .help = "bash, zsh or fish",
                        .choices = {"bash", "zsh", "fish"}}},
       .examples = {{"nepho completion bash -o nepho.bash", "write it to a file to be sourced"}},
       .run = run_completion}};
}

}  // namespace nepho::cli
