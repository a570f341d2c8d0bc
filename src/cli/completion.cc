// `nepho completion bash|zsh|fish`.
#include "cli/completion.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace nepho::cli {
namespace {

Result<ExitCode> run_completion(Session& session) {
  const std::string shell = session.arguments().value_or("SHELL", "");
  if (shell == "bash") session.out().write(bash_completion());
  if (shell == "zsh") session.out().write(zsh_completion());
  if (shell == "fish") session.out().write(fish_completion());
  return ExitCode::kDone;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string join_names(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, " "));
}

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
