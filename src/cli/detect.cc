// nepho detect: run rules on logs, print findings.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>

#include "base/archive.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/collected_logs.h"
#include "cli/commands.h"
#include "cli/detect_account.h"
#include "cli/detect_follow.h"
#include "cli/detect_state.h"
#include "cli/finding_output.h"
#include "cli/interrupt.h"
#include "cli/log_run.h"
#include "cli/near_misses.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/rule_documents.h"
#include "cli/rule_options.h"
#include "cli/session.h"
#include "inventory/take.h"
#include "plan/plan.h"
#include "plan/semantics.h"
#include "report/finding_json.h"
#include "report/summary_json.h"
#include "stream/run.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};

// What is run, on what.
struct Prepared {
  std::vector<sigma::Rule> rules;
  std::vector<report::RuleLabels> labels;  // by rule
  std::size_t num_refused = 0;             // rules that cannot be run
  std::vector<std::string> files;
};

// A workspace keeps when each log source was last seen, for which every record must be looked at.
plan::PlanOptions plan_options(Session& session) {
  const Arguments& arguments = session.arguments();
  const auto workspace = session.workspace();
  const bool keeps_seen = workspace && *workspace != nullptr;
  return {.ignore_logsource = arguments.has("--ignore-logsource"),
          .strict_fields = arguments.has("--strict-fields"),
          .strict = arguments.has("--strict") || keeps_seen,
          .time_field = arguments.value_or("--time-field", "")};
}

Result<std::size_t> fold_of(const Session& session) {
  const std::string fold = session.arguments().value_or("--fold", "");
  if (fold.empty()) return stream::Collector::kDefaultFold;
  if (fold == "off") return std::size_t{0};
  const auto count = parse_count(fold);
  if (!count || *count == 0) {
    return fail(kUsageError,
                "--fold takes a number of findings or 'off', not: " + escape_for_log(fold));
  }
  return *count;
}

Result<Limits> limits_of(const Session& session) {
  Limits limits;
  const std::string most = session.arguments().value_or("--max-groups", "");
  if (most.empty()) return limits;
  const auto count = parse_count(most);
  if (!count || *count == 0 || *count >= std::numeric_limits<std::uint32_t>::max())
    return fail(kUsageError, "--max-groups takes a number from 1, not: " + escape_for_log(most));
  limits.max_groups_per_correlation = *count;
  return limits;
}

// Files that are written last. Told now, and not after an hour of reading.
Result<void> check_can_write_files(const Session& session) {
  for (const char* option : {"--state", "--summary"}) {
    const auto file = session.arguments().value(option);
    if (!file) continue;
    if (auto checked = check_can_write(*file); !checked) {
      checked.error().hint =
          std::string(option) + " needs a folder that is there and can be written to";
      return checked;
    }
  }
  return {};
}

stream::RunOptions run_options(Session& session, std::size_t fold) {
  const Arguments& arguments = session.arguments();
  stream::RunOptions options;
  options.num_threads = session.num_jobs();
  options.drop_duplicates = arguments.value_or("--duplicates", "drop") == "drop";
  options.keep_events = !arguments.has("--no-event") &&
                        (session.format().ends_with("json") || session.format() == "ocsf");
  options.fold = fold;
  options.should_stop = stop_requested;
  return options;
}

// A folder may be empty yet when it is followed.
bool has_folder(const std::vector<std::string>& paths) {
  return std::ranges::any_of(paths, [](const std::string& path) {
    std::error_code error;
    return std::filesystem::is_directory(path, error);
  });
}

Result<Prepared> prepare(Session& session) {
  // First, since a mistyped path is soonest mended.
  const auto& paths = session.arguments().values("LOGS");
  FoundFiles found = find_files(paths);
  const bool follows = session.arguments().has("--follow");
  if (!follows) expand_archives(found);
  if (!follows || found.paths.empty()) session.report(found.report);
  if (found.paths.empty() && !(follows && has_folder(paths)))
    return fail(kUsageError, "none of the paths given holds a log file");
  auto read = load_rules(session);
  if (!read) return std::unexpected(read.error());

  Prepared prepared;
  LoadReport report;
  report_paths_without_rules(session, read->documents);
  for (sigma::Document& document : read->documents) {
    for (const Problem& problem : document.problems)
      report.add(problem.severity, problem.error, problem.fix);
    if (!document.is_runnable) {
      const bool is_rule = document.kind == sigma::DocumentKind::kRule ||
                           document.kind == sigma::DocumentKind::kCorrelation;
      prepared.num_refused += is_rule ? 1 : 0;
      continue;
    }
    inventory::Named named = inventory::named_by(document.rule, read->references);
    prepared.labels.push_back({std::move(named.techniques), std::move(named.tactics)});
    prepared.rules.push_back(std::move(document.rule));
  }
  session.report(report);
  prepared.files = std::move(found.paths);
  return prepared;
}

// What is done once the findings are out: the account, and what is kept for later.
Result<void> conclude(Session& session, const plan::Plan& plan, const stream::RunResult& result,
                      const std::vector<std::string>& files, std::size_t num_refused,
                      std::chrono::duration<double> took,
                      const std::vector<detect::SilentRule>* silent = nullptr) {
  if (const auto kept = keep_fired(session, plan, result); !kept) return kept;
  const auto file = session.arguments().value("--summary");
  if (!file) return {};
  return write_file(*file, report::summary_json(plan, result, files, num_refused, took, silent));
}

// Findings come on the way, and states are kept there.
Result<ExitCode> run_follow(Session& session, const plan::Plan& plan, const Prepared& prepared,
                            stream::RunOptions options, detect::CorrelationState& state) {
  const auto begun = session.clock().elapsed();
  const auto followed = follow(session, plan, prepared.labels, std::move(options), state);
  if (!followed) return std::unexpected(followed.error());
  const std::chrono::duration<double> took = session.clock().elapsed() - begun;
  report_skipped(session, followed->result, followed->files);
  say_what_was_done(session, plan, followed->result, took);
  const auto concluded =
      conclude(session, plan, followed->result, followed->files, prepared.num_refused, took);
  if (!concluded) return std::unexpected(concluded.error());
  return ExitCode::kDone;
}

void print_semantics(Session& session) {
  report::Table table({{"QUESTION"}, {"ANSWER"}});
  for (const plan::SemanticsRow& row : plan::semantics()) table.add_row({row.question, row.answer});
  print(session, table);
}

// Runs over the files as they are, once, and tells what was found.
Result<ExitCode> run_once(Session& session, const plan::Plan& plan, const Prepared& prepared,
                          stream::RunOptions options, detect::CorrelationState& state) {
  const auto begun = session.clock().elapsed();
  if (session.arguments().has("--state")) options.state = &state;
  const auto watches = watch_near_misses(session, plan, options);
  const auto& result = session.make<stream::RunResult>(
      run_with_progress(session, plan, prepared.files, std::move(options)));
  const std::chrono::duration<double> took = session.clock().elapsed() - begun;
  session.report(result.report);
  report_skipped(session, result, prepared.files);
  std::vector<std::string> files = prepared.files;
  files.insert(files.end(), result.earlier_files.begin(), result.earlier_files.end());
  write_findings(session, {plan, files, prepared.labels}, result.findings);
  const auto silent = silent_rules(watches);
  write_near_misses(session, plan, files, silent);
  session.out().flush();  // on a terminal the account stands under what it is of
  say_what_was_done(session, plan, result, took);
  say_what_was_folded(session, plan, result);
  if (const auto kept = keep_state(session, result, state); !kept) {
    return std::unexpected(kept.error());
  }
  const auto concluded = conclude(session, plan, result, prepared.files, prepared.num_refused, took,
                                  silent ? &*silent : nullptr);
  if (!concluded) return std::unexpected(concluded.error());
  return ExitCode::kDone;
}

Result<ExitCode> run_detect(Session& session) {
  if (session.arguments().has("--explain-semantics")) {
    print_semantics(session);
    return ExitCode::kDone;
  }
  if (!session.arguments().has("LOGS")) {
    return fail(kUsageError,
                "expected logs to look at: files, folders, globs, or - for standard input", {},
                "as in 'nepho detect LOGS'; 'nepho detect --help' has examples");
  }
  if (const auto checked = check_follow(session); !checked) return std::unexpected(checked.error());
  const auto fold = fold_of(session);
  if (!fold) return std::unexpected(fold.error());
  const auto limits = limits_of(session);
  if (!limits) return std::unexpected(limits.error());
  if (const auto checked = check_can_write_files(session); !checked)
    return std::unexpected(checked.error());
  auto state = read_state(session);
  if (!state) return std::unexpected(state.error());
  auto read = prepare(session);
  if (!read) return std::unexpected(read.error());
  const auto& prepared = session.make<Prepared>(std::move(*read));
  const auto& plan =
      session.make<plan::Plan>(prepared.rules, session.log_sources(), plan_options(session));
  report_unbound(session, plan);
  if (const auto checked = check_state(session, plan, *limits, *state); !checked)
    return std::unexpected(checked.error());

  stream::RunOptions options = run_options(session, *fold);
  options.limits = *limits;
  if (session.arguments().has("--follow"))
    return run_follow(session, plan, prepared, std::move(options), *state);
  return run_once(session, plan, prepared, std::move(options), *state);
}

constexpr const char* kDescription =
    "Reads cloud logs in whatever form they were delivered and says which rules "
    "hold for which events. "
    "Without --rules the workspace's rules are run, and outside a workspace the "
    "built-in pack.\n\n"
    "With --follow it reads what is there and goes on with what comes, looking "
    "once a second: lines appended to files, new files in folders, and files that "
    "a log rotation renames, to their end. Files are known by device, inode and "
    "first bytes; one that was made shorter begins anew. A last line waits for its "
    "end. Packed files and arrays are read once, when nobody has changed them for "
    "two seconds. Findings have the ids, lines and offsets of one run over the "
    "whole file. State and place are kept every ten seconds and at the end; after "
    "a crash the findings of so long come again.";

std::vector<Option> options() {
  return {
      {.name = "--rules",
       .value_name = "PATH",
       .help = "a rule file or a folder of them",
       .kind = ValueKind::kPath,
       .repeatable = true},
      {.name = "--pack", .help = "run the built-in pack"},
      {.name = "--no-event", .help = "leave the event itself out of the findings"},
      {.name = "--summary",
       .value_name = "FILE",
       .help = "write an account of every record there, as JSON",
       .kind = ValueKind::kPath},
      {.name = "--placeholders",
       .value_name = "FILE",
       .help = "YAML or JSON: name to values, for the expand modifier",
       .kind = ValueKind::kPath},
      array_matching_option(),
      {.name = "--ignore-logsource",
       .help = "every rule on every record, field names as the record has them"},
      {.name = "--time-field",
       .value_name = "PATH",
       .help = "where generic records have their time"},
      {.name = "--state",
       .value_name = "FILE",
       .help = "what correlations remember: read before, written after, so that a window "
               "may span two runs",
       .kind = ValueKind::kPath},
      {.name = "--follow",
       .help = "go on with what files grow by and folders gain, until Ctrl-C or SIGTERM: "
               "findings as they come, a line each"},
      {.name = "--place",
       .value_name = "FILE",
       .help = "how far --follow has read: gone on from, and kept (default beside --state, "
               "named FILE.place)",
       .kind = ValueKind::kPath},
      {.name = "--max-groups",
       .value_name = "N",
       .help = "groups that one correlation keeps in mind (default 1000000)"},
      {.name = "--duplicates",
       .value_name = "WHAT",
       .help = "events delivered twice: keep or drop (default)",
       .choices = {"keep", "drop"}},
      {.name = "--fold",
       .value_name = "N|off",
       .help = "findings listed for one rule before the rest are counted (default 10000)"},
      {.name = "--strict",
       .help = "parse every record; else lines in which no rule's event is named may be "
               "passed over (counted as unparsed). A workspace's records always are"},
      {.name = "--strict-fields", .help = "a string test never looks into objects and arrays"},
      {.name = "--near-misses",
       .help = "also say what kept rules silent whose event came: the field at fault, what "
               "was wanted of it and what was there"},
      {.name = "--explain-semantics",
       .help = "print how rules are read where engines differ, and end"},
  };
}

}  // namespace

std::vector<Command> detect_commands() {
  return {{
      .name = "detect",
      .summary = "run rules on logs, print findings",
      .description = kDescription,
      .positionals = {{.name = "LOGS",
                       .help = "files, folders, globs, or - for standard input",
                       .kind = ValueKind::kPath,
                       .min_count = 0,
                       .max_count = Positional::kAny}},
      .options = options(),
      .formats = {"table", "json", "ndjson", "csv", "markdown", "ocsf"},
      .examples =
          {
              {"nepho detect --rules examples/rules examples/logs",
               "run a folder of rules on a folder of logs", ExitCode::kBadInput},
              {"nepho detect --explain-semantics", "show how rules are read where engines differ"},
          },
      .run = run_detect,
  }};
}

}  // namespace nepho::cli
