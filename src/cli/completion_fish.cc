// Fish takes one `complete` line a thing to offer, with the condition under which it is offered.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/completion.h"

namespace nepho::cli {
namespace {

// One option of a command, offered where `condition` holds.
std::string fish_option(const Option& option, std::string_view condition) {
  std::string line = fmt::format("complete -c nepho -n {} -l {}", condition, option.name.substr(2));
  if (!option.short_name.empty()) line += fmt::format(" -s {}", option.short_name.substr(1));
  const bool takes_files = option.kind == ValueKind::kPath || option.kind == ValueKind::kFolder;
  if (!option.value_name.empty()) line += takes_files ? " -r -F" : " -x";
  if (!option.choices.empty()) line += fmt::format(" -a {}", in_quotes(join_names(option.choices)));
  return line + fmt::format(" -d {}\n", in_quotes(option.help));
}

// A command of a group and its options; the group itself is a first word.
std::string fish_command(const Command& command) {
  const std::size_t blank = command.name.find(' ');
  const auto word = command.name.substr(0, blank);
  std::string script;
  std::string condition = fmt::format("'__fish_seen_subcommand_from {}'", word);
  if (blank != std::string_view::npos) {
    const auto member = command.name.substr(blank + 1);
    script += fmt::format("complete -c nepho -f -n {} -a {} -d {}\n", condition, member,
                          in_quotes(command.summary));
    condition = fmt::format("'__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from {}'",
                            word, member);
  }
  for (const auto& option : options_of(command)) script += fish_option(option, condition);
  return script;
}

}  // namespace

std::string fish_completion() {
  std::string script = "# fish completion of nepho; made by 'nepho completion fish'.\n";
  for (const auto word : first_words()) {
    script += fmt::format("complete -c nepho -f -n __fish_use_subcommand -a {} -d {}\n", word,
                          in_quotes(summary_of(word)));
  }
  for (const auto& command : all_commands()) script += fish_command(command);
  return script;
}

}  // namespace nepho::cli
