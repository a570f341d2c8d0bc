// nepho sources: the log sources known, or what the given logs hold.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <span>

#include "base/archive.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/log_run.h"
#include "cli/print.h"
#include "cli/rule_documents.h"
#include "cli/rule_options.h"
#include "cli/session.h"
#include "detect/rule_chance.h"
#include "detect/survey.h"
#include "event/skip_reason.h"
#include "report/survey.h"
#include "text/json_writer.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};
constexpr ErrorCode kSkippedRecords{"cli.skipped_records"};
constexpr std::size_t kMostFieldsShown = 20;  // of each log source, unless --list asks for them
constexpr std::size_t kAllFields = std::numeric_limits<std::size_t>::max();
// Of a sign, where people read it: GitHub's has 71. Programs are given all.
constexpr std::size_t kMostValuesShown = 3;
constexpr std::size_t kAllValues = std::numeric_limits<std::size_t>::max();

// "product: aws, service: cloudtrail".
std::string to_text(const event::LogSource::SigmaLogsource& logsource) {
  std::vector<std::string> parts;
  for (const auto& [name, value] :
       {std::pair("product", &logsource.product), std::pair("category", &logsource.category),
        std::pair("service", &logsource.service)}) {
    if (!value->empty()) parts.push_back(fmt::format("{}: {}", name, *value));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

// "eventSource = *.amazonaws.com and eventName", or "action = a or b or c or 68 more".
std::string to_text(const std::vector<event::Sign>& signs, std::size_t most_values) {
  std::vector<std::string> parts;
  for (const event::Sign& sign : signs) {
    const auto shown = std::span(sign.values).first(std::min(sign.values.size(), most_values));
    std::string part = sign.path;
    if (!shown.empty()) part += fmt::format(" = {}", fmt::join(shown, " or "));
    if (shown.size() != sign.values.size())
      part += fmt::format(" or {} more", sign.values.size() - shown.size());
    parts.push_back(std::move(part));
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

// What to_text() says of each item of a range.
template <typename Range, typename... Options>
std::string one_a_line(const Range& range, Options... options) {
  std::vector<std::string> lines;
  for (const auto& item : range) lines.push_back(to_text(item, options...));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

report::Table known_table(const event::LogSources& sources, std::size_t most_values) {
  report::Table table({{"SOURCE", report::Align::kLeft, false},
                       {"PROVIDER", report::Align::kLeft, false},
                       {"TITLE"},
                       {"SIGMA"},
                       {"RECOGNISED BY"},
                       {"FIELDS", report::Align::kRight, false}});
  for (const event::LogSource& source : sources.all()) {
    table.add_row({report::Cell(source.id, report::Tone::kStrong), source.provider, source.title,
                   one_a_line(source.sigma), one_a_line(source.recognised_by, most_values),
                   std::to_string(source.schema.size())});
  }
  return table;
}

std::string known_json(const event::LogSources& sources) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/sources/1").key("sources").begin_array();
  for (const event::LogSource& source : sources.all()) {
    json.begin_object().member("id", source.id).member("provider", source.provider);
    json.member("title", source.title).key("sigma").begin_array();
    for (const auto& logsource : source.sigma) {
      json.begin_object().member("product", logsource.product);
      json.member("category", logsource.category).member("service", logsource.service).end_object();
    }
    json.end_array().key("recognised_by").begin_array();
    for (const auto& signs : source.recognised_by) json.string(to_text(signs, kAllValues));
    json.end_array().strings("dispatch", source.dispatch);
    json.member("fields", source.schema.size()).member("aliases", source.aliases.size());
    json.key("pivots").begin_array();
    for (const event::Pivot& pivot : source.pivots) json.string(pivot.array);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take() + '\n';
}

// The rules that can be run; what is wrong with the others is for `map` and `detect` to say.
Result<std::vector<sigma::Rule>> runnable_rules(Session& session) {
  auto read = load_rules(session);
  if (!read) return std::unexpected(read.error());
  std::vector<sigma::Rule> rules;
  std::size_t num_refused = 0;
  for (sigma::Document& document : read->documents) {
    if (document.is_runnable)
      rules.push_back(std::move(document.rule));
    else if (document.kind == sigma::DocumentKind::kRule)
      ++num_refused;
  }
  if (num_refused != 0) {
    session.messages().note(fmt::format(
        "{} rules cannot be run and were left out; 'nepho map --lint' says why", num_refused));
  }
  return rules;
}

// One error a reason, at the first record that was skipped for it.
void report_skipped(Session& session, const stream::RunResult& result,
                    const std::vector<std::string>& files) {
  LoadReport report;
  for (std::size_t i = 0; i < event::kNumSkipReasons; ++i) {
    const auto reason = static_cast<event::SkipReason>(i);
    if (result.counters.skipped[i] == 0) continue;
    Place place;
    for (const detect::SkippedRecord& skipped : result.skipped) {
      if (skipped.reason != reason) continue;
      place = {.file = files[skipped.file], .line = skipped.line, .offset = skipped.offset};
      break;
    }
    report.add_error(
        Error(kSkippedRecords,
              fmt::format("{} records cannot be read: {} ({})", result.counters.skipped[i],
                          to_string(reason), event::explain(reason)),
              std::move(place)));
  }
  session.report(report);
}

void print_titled(Session& session, std::string_view title, const report::Table& table) {
  if (table.rows().empty()) return;
  session.out().write(
      session.format() == "markdown"
          ? fmt::format("\n## {}\n\n", title)
          : "\n" +
                report::in_tone(title, report::Tone::kInformation, session.terminal().has_color) +
                "\n\n");
  print(session, table);
}

report::Table wanted_table(std::string_view wanted, const report::SurveyOf& survey) {
  if (wanted == "events") return report::survey_events(survey);
  if (wanted == "skipped") return report::survey_skipped(survey);
  if (wanted == "fields") return report::survey_fields(survey, kAllFields);
  if (wanted == "rules") return report::survey_rules(survey);
  return report::survey_sources(survey);
}

void print_survey(Session& session, const report::SurveyOf& survey) {
  if (session.format() == "json") return session.out().write(report::survey_json(survey));
  const auto wanted = session.arguments().value("--list");
  if (wanted || session.format() == "csv")
    return print(session, wanted_table(wanted.value_or("sources"), survey));
  print(session, report::survey_sources(survey));
  print_titled(session, "What cannot be read", report::survey_skipped(survey));
  print_titled(session, "Fields never seen before",
               report::survey_fields(survey, kMostFieldsShown));
  print_titled(session, "Rules that cannot fire on records like these",
               report::survey_rules(survey));
}

// The answer in one sentence.
void say_what_was_found(Session& session, const report::SurveyOf& survey) {
  using Verdict = detect::RuleChance::Verdict;
  const auto count = [&](Verdict verdict) {
    return std::ranges::count(survey.chances, verdict, &detect::RuleChance::verdict);
  };
  const auto could = count(Verdict::kCould);
  session.messages().note(fmt::format(
      "{} records in {} file{}; of {} rules {} could fire on records like these, {} miss their "
      "event, {} a field, {} their log source",
      survey.result.counters.received(), survey.result.num_files,
      survey.result.num_files == 1 ? "" : "s", survey.plan.rules().size(), could,
      count(Verdict::kNoEvent), count(Verdict::kNoField),
      count(Verdict::kNoRecord) + count(Verdict::kUnknown)));
  if (survey.result.was_stopped)
    session.messages().note("stopped before the end: this is what was seen until then");
}

Result<ExitCode> survey_logs(Session& session) {
  FoundFiles found = find_files(session.arguments().values("LOGS"));
  expand_archives(found);
  session.report(found.report);
  if (found.paths.empty()) return fail(kUsageError, "none of the paths given holds a log file");
  const auto rules = runnable_rules(session);
  if (!rules) return std::unexpected(rules.error());
  const plan::Plan plan(*rules, session.log_sources(), {.strict = true});

  stream::RunOptions options;
  options.num_threads = session.num_jobs();
  options.keep_events = false;
  options.fold = 1;
  options.should_stop = stop_requested;
  std::vector<std::unique_ptr<detect::Survey>> surveys;
  for (std::size_t i = 0; i < options.num_threads; ++i) {
    surveys.push_back(std::make_unique<detect::Survey>(plan));
    options.watches.push_back(surveys.back().get());
  }
  const stream::RunResult result =
      run_with_progress(session, plan, found.paths, std::move(options));
  for (std::size_t i = 1; i < surveys.size(); ++i) surveys[0]->join(*surveys[i]);
  session.report(result.report);
  report_skipped(session, result, found.paths);
  const auto chances = detect::rule_chances(plan, surveys[0]->sources());
  const report::SurveyOf survey{plan, result, found.paths, surveys[0]->sources(), chances};
  print_survey(session, survey);
  session.out().flush();  // on a terminal the answer stands under what it is of
  say_what_was_found(session, survey);
  return ExitCode::kDone;
}

Result<ExitCode> run_sources(Session& session) {
  if (session.arguments().has("LOGS")) return survey_logs(session);
  if (session.format() == "json") {
    session.out().write(known_json(session.log_sources()));
  } else {
    const bool is_for_people = session.format() == "table";
    print(session,
          known_table(session.log_sources(), is_for_people ? kMostValuesShown : kAllValues));
  }
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> sources_commands() {
  return {{
      .name = "sources",
      .summary = "the log sources known, or what the given logs hold",
      .description =
          "Without logs: every log source that records are recognised as. With logs: which log "
          "sources they hold, how many records, from when to when, what cannot be read and why, "
          "fields that no schema knows, and which rules could ever fire on such records.\n\n"
          "The rules are those of --rules or --pack, else the workspace's, and outside a workspace "
          "the built-in pack.",
      .positionals = {{.name = "LOGS",
                       .help = "files, folders, globs, or - for standard input",
                       .kind = ValueKind::kPath,
                       .min_count = 0,
                       .max_count = Positional::kAny}},
      .options = {{.name = "--rules",
                   .value_name = "PATH",
                   .help = "a rule file or a folder of them",
                   .kind = ValueKind::kPath,
                   .repeatable = true},
                  {.name = "--pack", .help = "ask of the built-in pack"},
                  {.name = "--placeholders",
                   .value_name = "FILE",
                   .help = "YAML or JSON: name to values, for the expand modifier",
                   .kind = ValueKind::kPath},
                  array_matching_option(),
                  {.name = "--list",
                   .value_name = "WHAT",
                   .help = "one table alone: sources, events, skipped, fields or rules",
                   .choices = {"sources", "events", "skipped", "fields", "rules"}}},
      .formats = {"table", "json", "csv", "markdown"},
      .examples = {{"nepho sources", "name the log sources known"},
                   {"nepho sources examples/logs --rules examples/rules",
                    "say what a folder of logs holds, and which rules it can feed"}},
      .run = run_sources,
  }};
}

}  // namespace nepho::cli
