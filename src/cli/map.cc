// `nepho map`: reads detection rules and shows what each maps to.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/printable.h"
#include "cli/commands.h"
#include "cli/map_fix.h"
#include "cli/map_index.h"
#include "cli/map_suggestions.h"
#include "cli/matrix.h"
#include "cli/pack.h"
#include "cli/print.h"
#include "cli/rule_documents.h"
#include "cli/rule_options.h"
#include "cli/session.h"
#include "cli/version.h"
#include "inventory/decisive_events.h"
#include "inventory/take.h"
#include "inventory/write_json.h"
#include "report/sarif.h"

namespace nepho::cli {
namespace {

using inventory::Detection;
using inventory::Inventory;
using report::Cell;
using report::Tone;

void print_json(Session& session, const Inventory& inventory) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/map/1").key("detections").begin_array();
  for (const Detection& detection : inventory.detections) write(detection, json);
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

void print_ndjson(Session& session, const Inventory& inventory) {
  for (const Detection& detection : inventory.detections) {
    text::JsonWriter json;
    write(detection, json);
    session.out().write(json.text() + "\n");
  }
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, " "));
}

// In a word: does it work, and does its mapping?
Cell state_of(const Detection& detection) {
  const bool is_broken =
      detection.format == "sigma"
          ? !detection.runnable
          : std::ranges::any_of(detection.problems, inventory::is_reading_problem);
  if (is_broken) return {"broken", Tone::kBad};
  if (!detection.enabled) return {"off", Tone::kFaint};
  const bool is_odd = std::ranges::any_of(detection.problems, [](const Problem& problem) {
    return problem.severity != Severity::kNote;
  });
  return is_odd ? Cell{"warnings", Tone::kMiddling} : Cell{"good", Tone::kGood};
}

report::Table detection_table(const Inventory& inventory) {
  report::Table table({{"RULE"},
                       {"LEVEL", report::Align::kLeft, false},
                       {"STATE", report::Align::kLeft, false},
                       {"PROVIDER", report::Align::kLeft, false},
                       {"TECHNIQUES"},
                       {"TACTICS"}});
  for (const Detection& detection : inventory.detections) {
    const std::string name = detection.name.empty() ? detection.path : detection.name;
    table.add_row({name, detection.level.value_or(""), state_of(detection),
                   joined(detection.providers), Cell(joined(detection.techniques), Tone::kStrong),
                   joined(detection.tactics)});
  }
  return table;
}

Cell severity_cell(Severity severity) {
  const Tone tone = severity == Severity::kError     ? Tone::kBad
                    : severity == Severity::kWarning ? Tone::kMiddling
                                                     : Tone::kFaint;
  return {to_string(severity), tone};
}

report::Table problem_table(const Inventory& inventory) {
  report::Table table({{"PLACE"},
                       {"SEVERITY", report::Align::kLeft, false},
                       {"CODE", report::Align::kLeft, false},
                       {"PROBLEM"},
                       {"FIX"}});
  for (const Detection& detection : inventory.detections) {
    for (const Problem& problem : detection.problems) {
      const std::string fix = problem.fix.empty() ? problem.error.hint : problem.fix;
      table.add_row({to_string(problem.error.place), severity_cell(problem.severity),
                     problem.error.code.name(), problem.error.message, fix});
    }
  }
  return table;
}

std::size_t num_problems(const Inventory& inventory, Severity severity) {
  std::size_t count = 0;
  for (const Detection& detection : inventory.detections)
    count += static_cast<std::size_t>(
        std::ranges::count(detection.problems, severity, &Problem::severity));
  return count;
}

void note_totals(Session& session, const Inventory& inventory) {
  const auto count = [&](auto predicate) {
    return std::ranges::count_if(inventory.detections, predicate);
  };
  const auto num_copies = count([](const Detection& d) { return d.duplicate_of.has_value(); });
  std::set<std::string> techniques;
  for (const Detection& detection : inventory.detections)
    techniques.insert(detection.techniques.begin(), detection.techniques.end());
  session.messages().note(fmt::format(
      "{} detections{}: {} can be run, {} name a technique; {} techniques in all. {} errors, {} "
      "warnings, {} notes{}",
      inventory.detections.size(),
      num_copies == 0 ? "" : fmt::format(" ({} of them copies of others)", num_copies),
      count([](const Detection& d) { return d.runnable; }),
      count([](const Detection& d) { return !d.techniques.empty(); }), techniques.size(),
      num_problems(inventory, Severity::kError), num_problems(inventory, Severity::kWarning),
      num_problems(inventory, Severity::kNote),
      session.arguments().has("--lint") ? "." : " (--lint shows them)."));
}

void print_detections(Session& session, const Inventory& inventory) {
  if (session.format() == "sarif") {
    session.out().write(
        report::sarif_of(inventory.detections, inventory.report.problems(), program_version()));
    return;
  }
  if (session.format() == "json") return print_json(session, inventory);
  if (session.format() == "ndjson") return print_ndjson(session, inventory);
  const Arguments& arguments = session.arguments();
  print(session, arguments.has("--lint")      ? problem_table(inventory)
                 : arguments.has("--suggest") ? suggestion_table(inventory)
                                              : detection_table(inventory));
  note_totals(session, inventory);
}

Result<ExitCode> run_map(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  const auto applicability = load_applicability(*catalogue, *providers, session.knowledge());
  if (!applicability) return std::unexpected(applicability.error());
  const auto wanted = wanted_of(session);
  if (!wanted) return std::unexpected(wanted.error());
  const auto sources = rule_sources(session, session.arguments().values("PATH"));
  if (!sources) return std::unexpected(sources.error());
  auto files = load_rule_files(session, *sources);
  if (!files) return std::unexpected(files.error());
  // Without a workspace nobody could have given values: no fault of the rules, which are asked
  // about here.
  const bool has_values =
      *session.workspace() != nullptr || session.arguments().has("--placeholders");
  if (!has_values) std::ranges::for_each(files->documents, excuse_missing_values);

  LoadReport faults;
  const auto event_facts = event::AllEventFacts::load(session.knowledge(), faults);
  const bool suggests = wants_suggestions(session);
  const auto decisive = inventory::DecisiveEvents::load(session.knowledge(), *catalogue, faults);
  session.report(faults);
  const auto others = attack::OtherVersions::load(session.knowledge(), catalogue->version());
  const inventory::References references{
      *catalogue,   *providers, session.log_sources(),         &*applicability,
      &event_facts, &others,    suggests ? &decisive : nullptr};
  if (session.arguments().has("--fix")) return fix_mappings(session, sources->paths, references);
  Inventory inventory = take_rule_files(*files, *sources, references);
  session.report(reading_problems(inventory));
  narrow(*wanted, inventory);
  if (wants_index(session)) {
    print_index(session, inventory, *wanted);
    return ExitCode::kDone;
  }
  print_detections(session, inventory);
  const bool lint = session.arguments().has("--lint");
  return lint && num_problems(inventory, Severity::kError) != 0 ? ExitCode::kCheckFailed
                                                                : ExitCode::kDone;
}

std::vector<Option> options() {
  std::vector<Option> options{
      {.name = "--lint", .help = "list problems in place of rules; errors make the exit code 1"},
      {.name = "--fix", .help = "mend mappings in place: show the difference, ask, and write"},
      {.name = "--yes", .help = "with --fix: write without asking"},
      {.name = "--placeholders",
       .value_name = "FILE",
       .help = "YAML or JSON with values for the rules' placeholders (expand)",
       .kind = ValueKind::kPath},
      array_matching_option()};
  std::ranges::move(suggestion_options(), std::back_inserter(options));
  std::ranges::move(map_index_options(), std::back_inserter(options));
  return options;
}

}  // namespace

std::vector<Command> map_commands() {
  return {
      {.name = "map",
       .summary = "show which techniques detection rules map to",
       .description =
           "Reads detection rules (files or folders) and shows for each whether it can be run, "
           "whose logs it reads and which techniques and tactics of ATT&CK it names. Retired ids "
           "are shown as the ones that took their place.\n\n"
           "Beside Sigma it knows the rules of Elastic (TOML, Kibana's NDJSON), Splunk "
           "(security_content, savedsearches.conf), Microsoft Sentinel (YAML, ARM templates), "
           "Panther, Google SecOps (YARA-L), Falco, Wazuh, Anvilogic, Okta, Google's Community "
           "Security Analytics, Sumo Logic's catalogue, Datadog, and a CSV list with the columns "
           "id, name, techniques, provider, enabled and severity. The content tells the format. "
           "Only Sigma's rules can be run.\n\n"
           "With --fix the mappings of files are mended in place, of every format but CSV and Sumo "
           "Logic's catalogue: retired ids, tactics that were renamed, and the names and "
           "references beside them; every other byte stays. What would change is shown first, "
           "as a unified diff, and written after a yes or with --yes.\n\n"
           "With --lint the problems are listed in place of the rules, and an error among them "
           "makes the exit code 1: ids that do not exist, rules without a technique, techniques "
           "of another platform, fields that the logs do not have, and whatever keeps a rule from "
           "being read.\n\n"
           "With --technique and --provider only the rules that name them are shown. "
           "--by-technique turns the list round: for each technique on each provider the rules "
           "that may alert, the same rule in several sets once. --one-rule shows only those that "
           "hang on a single rule.\n\n"
           "--suggest lists techniques for rules that name none, or a parent alone, with the "
           "events in their text that are the reason, and how likely it is.",
       .positionals = {{.name = "PATH",
                        .help = "rule files or folders of them (default: what the workspace lists)",
                        .kind = ValueKind::kPath,
                        .min_count = 0,
                        .max_count = Positional::kAny}},
       .options = options(),
       .formats = {"table", "json", "ndjson", "csv", "markdown", "sarif"},
       .examples =
           {{.line = "nepho map --workspace examples",
             .does = "see what the example's rules map to; two are broken on purpose",
             .exit = ExitCode::kBadInput},
            {.line = "nepho map --lint --format markdown examples/rules",
             .does = "list what is wrong with them, for a pull request",
             .exit = ExitCode::kCheckFailed},
            {.line = "nepho map --suggest examples/rules",
             .does = "what the events of rules suggest where they name no technique",
             .exit = ExitCode::kBadInput},
            {.line = "nepho map --one-rule --workspace examples",
             .does = "which techniques hang on a single rule",
             .exit = ExitCode::kBadInput},
            {.line = "nepho map --lint --format sarif examples/rules",
             .does = "the same for a code host's review",
             .exit = ExitCode::kCheckFailed},
            {.line = "nepho map --fix examples/rules",
             .does = "show how mappings would be mended; --yes writes"},
            {.line =
                 "nepho map --format csv examples/rules/aws/iam_administrator_policy_attached.yml",
             .does = "one rule as CSV"}},
       .run = run_map}};
}

}  // namespace nepho::cli
