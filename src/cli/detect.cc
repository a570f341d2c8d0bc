// nepho detect: run rules on logs, print findings.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>
#include <map>

#include "base/archive.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/printable.h"
#include "cli/collected_logs.h"
#include "cli/commands.h"
#include "cli/detect_follow.h"
#include "cli/interrupt.h"
#include "cli/log_run.h"
#include "cli/near_misses.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/rule_documents.h"
#include "cli/rule_options.h"
#include "cli/session.h"
#include "cli/version.h"
#include "detect/correlator.h"
#include "event/skip_reason.h"
#include "inventory/take.h"
#include "plan/baseline.h"
#include "plan/plan.h"
#include "plan/semantics.h"
#include "report/finding_json.h"
#include "report/finding_table.h"
#include "report/ocsf_finding.h"
#include "report/summary_json.h"
#include "stream/run.h"
#include "text/timestamp.h"
#include "workspace/fired.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};
constexpr ErrorCode kUnknownLogsource{"cli.unknown_logsource"};
constexpr ErrorCode kSkippedRecord{"cli.skipped_record"};

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

// The state that --state names; one without a past where there is no such file yet.
Result<detect::CorrelationState> read_state(const Session& session) {
  const auto file = session.arguments().value("--state");
  std::error_code unreadable;  // reading it will say why
  if (!file ||
      std::filesystem::status(*file, unreadable).type() == std::filesystem::file_type::not_found)
    return detect::CorrelationState{};
  const auto bytes = read_file(*file, kDefaultLimits.max_state_bytes);
  if (!bytes) return std::unexpected(bytes.error());
  return detect::read_state(*bytes, *file);
}

// What only the rules can tell of a state, which the run would find out at its end.
Result<void> check_state(const Session& session, const plan::Plan& plan, const Limits& limits,
                         const detect::CorrelationState& state) {
  if (state.correlations.empty()) return {};
  detect::Correlator correlator(plan.correlations(), limits, state.hash_key);
  auto restored = detect::restore(state, plan.rules(), correlator);
  if (!restored) restored.error().place.file = session.arguments().value_or("--state", "");
  return restored;
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

// Rules of which none can ever see a record: said once, since a quiet rule looks like a quiet
// cloud.
void report_unbound(Session& session, const plan::Plan& plan) {
  LoadReport report;
  for (const plan::UnboundRule& unbound : plan.unbound()) {
    const sigma::Rule& rule = plan.rules()[unbound.rule];
    const sigma::Logsource& wanted = rule.logsource;
    report.add_warning(Error(
        kUnknownLogsource,
        fmt::format(
            "no log source known here feeds this rule: product '{}', category '{}', service '{}'",
            escape_for_log(wanted.product), escape_for_log(wanted.category),
            escape_for_log(wanted.service)),
        rule.place, "it was not run; 'nepho sources' lists what is known"));
  }
  session.report(report);
}

void report_skipped(Session& session, const stream::RunResult& result,
                    const std::vector<std::string>& files) {
  constexpr std::size_t kShown = 10;
  LoadReport report;
  for (std::size_t i = 0; i < std::min(kShown, result.skipped.size()); ++i) {
    const detect::SkippedRecord& skipped = result.skipped[i];
    report.add_error(
        Error(kSkippedRecord,
              fmt::format("record skipped: {} ({})", to_string(skipped.reason),
                          event::explain(skipped.reason)),
              Place{.file = files[skipped.file], .line = skipped.line, .offset = skipped.offset}));
  }
  session.report(report);
  const std::uint64_t num_skipped = result.counters.num_skipped();
  if (num_skipped > kShown) {
    session.messages().note(
        fmt::format("and {} more skipped; --summary FILE names them", num_skipped - kShown));
  }
}

// On a narrow terminal the places of findings would leave no room for the rest.
constexpr int kWidthForPlaces = 160;

void write_ocsf(Session& session, const report::FindingNames& names,
                const detect::Findings& findings, const attack::Catalogue& catalogue) {
  const report::OcsfWriter writer(names, catalogue, session.as_of(), program_version());
  std::string line;
  for (const detect::Finding& finding : findings) {
    line.clear();
    writer.append(finding, line);
    session.out().write(line);
  }
}

void write_findings(Session& session, const report::FindingNames& names,
                    const detect::Findings& findings) {
  if (session.format() == "csv") return print(session, report::finding_rows(names, findings));
  if (session.format() == "ocsf")
    return write_ocsf(session, names, findings, *session.catalogue(attack::Detail::kMatrix));
  if (!session.format().ends_with("json")) {
    const bool with_places = session.terminal().width >= kWidthForPlaces;
    return print(session, report::findings_by_rule(names, findings, with_places));
  }
  const bool is_document = session.format() == "json";
  if (is_document) session.out().write("{\"schema\":\"nephometer/findings/1\",\"findings\":[\n");
  report::FindingWriter writer(names);
  std::string line;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    line = is_document && i != 0 ? "," : "";
    writer.append(findings[i], line);
    session.out().write(line);
  }
  if (is_document) session.out().write("]");
}

void say_what_correlations_missed(Session& session, const stream::CorrelationAccount& account) {
  if (account.untimed != 0) {
    session.messages().note(fmt::format(
        "{} events without a time could not be correlated (--time-field PATH names it in records "
        "of no known log source)",
        account.untimed));
  }
  if (account.counters.late != 0) {
    session.messages().note(fmt::format(
        "{} events are older than what the state had seen of their group; they were counted as if "
        "they had come with its latest",
        account.counters.late));
  }
  if (account.counters.groups_left != 0) {
    session.messages().note(fmt::format(
        "{} groups of correlations were pushed out before their time; --max-groups N keeps more",
        account.counters.groups_left));
  }
  if (account.counters.without_weeks != 0) {
    session.messages().note(fmt::format(
        "{} findings of x_volume go by windows of all times alike: fewer than {} weeks were known",
        account.counters.without_weeks, plan::kFewestWeeks));
  }
  if (account.counters.values_left != 0) {
    session.messages().note(fmt::format("{} values were pushed out of the window of their group",
                                        account.counters.values_left));
  }
}

// The last lines on stderr: what was looked at, and what came of it.
void say_what_was_done(Session& session, const plan::Plan& plan, const stream::RunResult& result,
                       std::chrono::duration<double> took) {
  const detect::Counters& counters = result.counters;
  std::string line =
      fmt::format("{} events from {} file{} ({}), {} rules, {} findings in {:.1f} s",
                  counters.events, result.num_files, result.num_files == 1 ? "" : "s",
                  bytes_text(result.bytes), plan.rules().size(), result.num_findings, took.count());
  if (counters.duplicates != 0)
    line += fmt::format("; {} duplicates left out", counters.duplicates);
  if (counters.num_skipped() != 0)
    line += fmt::format("; {} records skipped", counters.num_skipped());
  session.messages().note(line);
  say_what_correlations_missed(session, result.correlation);
  if (result.was_stopped)
    session.messages().note("stopped before the end: this is what was done until then");
}

void say_what_was_folded(Session& session, const plan::Plan& plan,
                         const stream::RunResult& result) {
  for (const detect::Finding& finding : result.findings) {
    if (finding.count == 1) continue;
    session.messages().note(fmt::format(
        "'{}' also held for {} later events, folded into its last finding (--fold off lists them)",
        escape_for_log(plan.rules()[finding.match.rule].title), finding.count - 1));
  }
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
    const auto detection = inventory::to_detection(document, read->references);
    prepared.labels.push_back(detection
                                  ? report::RuleLabels{detection->techniques, detection->tactics}
                                  : report::RuleLabels{});
    prepared.rules.push_back(std::move(document.rule));
  }
  session.report(report);
  prepared.files = std::move(found.paths);
  return prepared;
}

// By log source; of those that are not known, none.
std::map<std::string, Instant, std::less<>> newest_events(const plan::Plan& plan,
                                                          const stream::RunResult& result) {
  std::map<std::string, Instant, std::less<>> newest;
  const auto& last = result.counters.last_by_source;
  for (std::size_t i = 0; i < last.size(); ++i) {
    const event::LogSource* source = plan.sources()[i]->source;
    if (source != nullptr && last[i]) newest[source->id] = *last[i];
  }
  return newest;
}

// Keeps in the workspace how often each rule fired, for coverage to show.
Result<void> keep_fired(Session& session, const plan::Plan& plan, const stream::RunResult& result) {
  const auto workspace = session.workspace();
  if (!workspace || *workspace == nullptr) return {};
  workspace::Fired fired;
  const auto text_of = [](const std::optional<Instant>& time) {
    return time ? text::to_rfc3339(*time) : std::string();
  };
  fired.time = text::to_rfc3339(session.as_of());
  fired.num_events = result.counters.events;
  fired.first_event_time = text_of(result.counters.first_time);
  fired.last_event_time = text_of(result.counters.last_time);
  for (const sigma::Rule& rule : plan.rules()) {
    const auto content = read_file(rule.place.file, kDefaultLimits.max_document_bytes);
    fired.rules.push_back({rule.id.value,
                           workspace::kept_path((*workspace)->folder, rule.place.file),
                           content ? "xxh3:" + to_hex(hash128(*content)) : "", 0, ""});
  }
  for (const detect::Finding& finding : result.findings) {
    fired.rules[finding.match.rule].count += finding.count;
    fired.rules[finding.match.rule].last_time = text_of(finding.match.time);
  }
  // What earlier runs saw of log sources stays. A file that is none of ours is written anew.
  if (const auto before = workspace::read_fired((*workspace)->folder)) {
    fired.log_sources = before->log_sources;
  }
  workspace::look_at(fired.log_sources, newest_events(plan, result), session.as_of(),
                     normal_silences(session, **workspace));
  return workspace::write_fired((*workspace)->folder, std::move(fired));
}

// Last of all, so that whoever got no findings keeps the state they belong to.
Result<void> keep_state(Session& session, const stream::RunResult& result,
                        const detect::CorrelationState& state) {
  const auto file = session.arguments().value("--state");
  if (!file) return {};
  if (result.was_stopped || !result.correlation.is_complete) {
    session.messages().note("the state stays as it was: this run did not come to its end");
    return {};
  }
  return write_file(*file, detect::write_state(state));
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
  const stream::RunResult result =
      run_with_progress(session, plan, prepared.files, std::move(options));
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
  const auto prepared = prepare(session);
  if (!prepared) return std::unexpected(prepared.error());
  const plan::Plan plan(prepared->rules, session.log_sources(), plan_options(session));
  report_unbound(session, plan);
  if (const auto checked = check_state(session, plan, *limits, *state); !checked)
    return std::unexpected(checked.error());

  stream::RunOptions options = run_options(session, *fold);
  options.limits = *limits;
  if (session.arguments().has("--follow"))
    return run_follow(session, plan, *prepared, std::move(options), *state);
  return run_once(session, plan, *prepared, std::move(options), *state);
}

}  // namespace

std::vector<Command> detect_commands() {
  return {{
      .name = "detect",
      .summary = "run rules on logs, print findings",
      .description =
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
          "a crash the findings of so long come again.",
      .positionals = {{.name = "LOGS",
                       .help = "files, folders, globs, or - for standard input",
                       .kind = ValueKind::kPath,
                       .min_count = 0,
                       .max_count = Positional::kAny}},
      .options =
          {
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
              {.name = "--strict-fields",
               .help = "a string test never looks into objects and arrays"},
              {.name = "--near-misses",
               .help = "also say what kept rules silent whose event came: the field at fault, what "
                       "was wanted of it and what was there"},
              {.name = "--explain-semantics",
               .help = "print how rules are read where engines differ, and end"},
          },
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
