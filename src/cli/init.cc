// `nepho init`: makes a workspace from what flags tell, or what a user at a terminal answers.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "attack/id.h"
#include "attack/provider.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/parse.h"
#include "cli/session.h"
#include "text/cidr.h"
#include "text/nearest.h"
#include "workspace/errors.h"
#include "workspace/read.h"
#include "workspace/starter.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;

// What is between commas or blanks.
std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
    if (end != 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// Asks on stderr and reads a line; empty for none.
std::string ask(Session& session, std::string_view question) {
  session.messages().prompt(fmt::format("{} ", question));
  std::string line;
  std::getline(std::cin, line);
  return line;
}

// Asks for what no flag told. Only at a terminal, and not when any flag was given: a script never
// waits.
void ask_for_missing(Session& session, workspace::Starter& starter,
                     const attack::Providers& providers) {
  starter.name = ask(session, "Name of the organisation:");
  starter.providers = split_words(ask(session, fmt::format("Providers you run, of {} (empty: all):",
                                                           fmt::join(providers.ids(), ", "))));
  starter.rule_paths =
      split_words(ask(session, "Folders of your detection rules (empty: a new one, rules/):"));
}

Result<void> check(const workspace::Starter& starter, const attack::Providers& providers) {
  const auto ids = providers.ids();
  for (const auto& id : starter.providers) {
    if (providers.find(id) != nullptr) continue;
    const std::string meant = text::did_you_mean(id, ids);
    return fail(workspace::kUnknownProvider, "no such provider: " + escape_for_log(id), {},
                meant.empty() ? fmt::format("one of {}", fmt::join(ids, ", ")) : meant);
  }
  for (const auto& network : starter.networks) {
    if (auto parsed = text::Network::parse(network); !parsed) {
      return std::unexpected(parsed.error());
    }
  }
  return {};
}

// The rule folders as the file is to name them: from the workspace's folder. A path that is told
// stands as told when it is absolute.
std::vector<std::string> from_workspace(const std::vector<std::string>& paths,
                                        const fs::path& folder) {
  std::vector<std::string> relative;
  std::error_code error;
  for (const auto& path : paths) {
    const fs::path told(path);
    const auto near = fs::absolute(told, error)
                          .lexically_normal()
                          .lexically_relative(fs::absolute(folder, error).lexically_normal());
    relative.push_back(told.is_absolute() || near.empty() ? path : near.generic_string());
  }
  return relative;
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return {};
  return fail(kCannotWrite, "cannot make the folder: " + error.message(),
              Place{.file = folder.string()});
}

Result<ExitCode> run_init(Session& session) {
  const Arguments& arguments = session.arguments();
  const fs::path folder = arguments.value_or("DIR", ".");
  const fs::path file = (folder / workspace::kFileName).lexically_normal();
  std::error_code error;
  if (fs::exists(file, error)) {
    return fail(workspace::kAlreadyThere, "there is a workspace already",
                Place{.file = file.string()}, "edit it, or take another folder");
  }
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());

  workspace::Starter starter{.name = arguments.value_or("--name", ""),
                             .sectors = arguments.values("--sector"),
                             .countries = arguments.values("--country"),
                             .domains = arguments.values("--domain"),
                             .networks = arguments.values("--network"),
                             .providers = arguments.values("--provider"),
                             .log_sources = arguments.values("--log-source"),
                             .rule_paths = arguments.values("--rules")};
  const bool is_told = std::ranges::any_of(
      std::vector<std::string_view>{"--name", "--sector", "--country", "--domain", "--network",
                                    "--provider", "--log-source", "--rules"},
      [&](std::string_view name) { return arguments.has(name); });
  const bool can_ask = ::isatty(STDIN_FILENO) == 1 && session.messages().terminal().is_terminal;
  if (!is_told && can_ask) ask_for_missing(session, starter, *providers);
  if (auto checked = check(starter, *providers); !checked) return std::unexpected(checked.error());

  const bool wants_rules_folder = starter.rule_paths.empty();
  starter.rule_paths = from_workspace(starter.rule_paths, folder);
  if (wants_rules_folder) starter.rule_paths.emplace_back("rules/");
  if (auto made = make_folder(wants_rules_folder ? folder / "rules" : folder); !made) {
    return std::unexpected(made.error());
  }
  if (auto written = write_file(file, workspace::starter_text(starter)); !written) {
    return std::unexpected(written.error());
  }
  const std::string rules =
      printable((folder / starter.rule_paths.front()).lexically_normal().string());
  session.messages().note(
      fmt::format("made {}\nnext: put detection rules into {}, then 'nepho map {}' and "
                  "'nepho coverage'",
                  printable(file.string()), rules, rules));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> init_commands() {
  return {{.name = "init",
           .summary = "make a workspace: a commented nephometer.yml and a folder for rules",
           .description = "Without options it asks at a terminal, and else writes the file with "
                          "examples to fill in. It never overwrites a workspace.",
           .positionals = {{.name = "DIR",
                            .help = "where (default: here)",
                            .kind = ValueKind::kFolder,
                            .min_count = 0}},
           .options = {{.name = "--name", .value_name = "NAME", .help = "of the organisation"},
                       {.name = "--provider",
                        .value_name = "P",
                        .help = "a cloud you run, such as aws or entra",
                        .repeatable = true},
                       {.name = "--log-source",
                        .value_name = "ID",
                        .help = "a log you collect, such as aws.cloudtrail",
                        .repeatable = true},
                       {.name = "--rules",
                        .value_name = "PATH",
                        .help = "where your detection rules are (default: a new folder rules/)",
                        .kind = ValueKind::kPath,
                        .repeatable = true},
                       {.name = "--sector",
                        .value_name = "NAME",
                        .help = "such as financial-services",
                        .repeatable = true},
                       {.name = "--country",
                        .value_name = "CODE",
                        .help = "two letters, such as DE",
                        .repeatable = true},
                       {.name = "--domain",
                        .value_name = "NAME",
                        .help = "such as example.com",
                        .repeatable = true},
                       {.name = "--network",
                        .value_name = "CIDR",
                        .help = "such as 203.0.113.0/24",
                        .repeatable = true}},
           .examples = {{"nepho init my-workspace --name Example --provider aws --provider entra",
                         "make a workspace for two clouds"}},
           .run = run_init}};
}

}  // namespace nepho::cli
