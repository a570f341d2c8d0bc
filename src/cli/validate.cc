// nepho validate: play procedures, or labelled logs, against the rules, and keep what came of it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/files.h"
#include "base/printable.h"
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/exercises.h"
#include "cli/play_setup.h"
#include "cli/print.h"
#include "cli/rule_options.h"
#include "cli/rules_on_trial.h"
#include "cli/session.h"
#include "cli/validate_mutate.h"
#include "coverage/due.h"
#include "coverage/refit.h"
#include "evidence/fingerprint.h"
#include "evidence/json.h"
#include "exercise/cases.h"
#include "exercise/replay.h"
#include "report/due.h"
#include "report/validation.h"
#include "workspace/evidence_log.h"
#include "workspace/priors_file.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

using exercise::Judgement;

constexpr ErrorCode kUsageError{"cli.usage"};

// All that one run gave, and how it is to be weighed.
struct Outcome {
  std::vector<Judgement> judgements;
  bool is_asked_for = false;  // procedures were named: a gap is a failure
};

// What only this run of the program knows of the evidence.
void complete(Session& session, const std::vector<exercise::Procedure>& procedures,
              std::vector<Judgement>& judgements) {
  std::map<std::string_view, const std::vector<std::string>*> log_sources;
  for (const auto& procedure : procedures) {
    log_sources[procedure.facts.id] = &procedure.facts.log_sources;
  }
  const auto& catalogue = session.catalogue(attack::Detail::kMatrix);
  const auto digests = schema_digests(session);
  for (Judgement& judgement : judgements) {
    auto& evidence = judgement.evidence;
    evidence.time = session.as_of();
    if (catalogue) evidence.attack_version = catalogue->version();
    const auto known = log_sources.find(evidence.procedure);
    // Of logs, the provider's sources are what they were read as.
    std::vector<std::string> ids;
    if (known != log_sources.end()) {
      ids = *known->second;
    } else {
      for (const auto& source : session.log_sources().all()) {
        if (source.provider == evidence.provider) ids.push_back(source.id);
      }
    }
    evidence.schema_hash = evidence::schema_hash(digests, ids);
  }
}

// The rows that --provider and --technique leave.
void keep_wanted(const Arguments& arguments, std::vector<exercise::LabelledLines>& cases) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  const auto& providers = arguments.values("--provider");
  const auto& techniques = arguments.values("--technique");
  std::erase_if(cases, [&](const exercise::LabelledLines& row) {
    if (!providers.empty() && !has(providers, row.provider)) return true;
    return !techniques.empty() && std::ranges::none_of(row.techniques, [&](const auto& id) {
      return has(techniques, id) || has(techniques, id.substr(0, id.find('.')));
    });
  });
}

void say_noise(Session& session, const exercise::Replay& replay) {
  if (replay.num_lookalikes == 0) return;
  session.messages().note(
      fmt::format("look-alikes: {} of {} raise no alert of their technique",
                  replay.num_lookalikes - std::min(replay.noisy.size(), replay.num_lookalikes),
                  replay.num_lookalikes));
  for (const std::string& noisy : replay.noisy) {
    session.messages().detail("fires on a look-alike: " + escape_for_log(noisy));
  }
}

// Labelled logs, and the folder they lie in.
struct Telemetry {
  std::string folder;
  std::string cases_file;
  std::vector<exercise::LabelledLines> cases;
};

Result<Telemetry> read_telemetry(Session& session) {
  const auto folder = session.arguments().value("--telemetry");
  const auto file = session.arguments().value("--cases");
  if (!folder || !file) {
    return fail(kUsageError, "--telemetry FOLDER and --cases FILE belong together", {},
                "the cases say which lines of the folder's files are an attack");
  }
  const auto text = read_file(*file, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  LoadReport report;
  auto cases = exercise::parse_cases(*text, *file, report);
  session.report(report);
  keep_wanted(session.arguments(), cases);
  return Telemetry{std::string(*folder), std::string(*file), std::move(cases)};
}

// What the workspace agreed; nothing outside one.
exercise::AgreedTime agreed_time(const workspace::Workspace* workspace) {
  exercise::AgreedTime agreed;
  if (workspace == nullptr) return agreed;
  agreed.alert_within = workspace->alert_within;
  for (const workspace::LogSourceUse& use : workspace->log_sources) {
    if (use.latency) agreed.latency[use.id] = *use.latency;
  }
  return agreed;
}

Result<Outcome> replay_telemetry(Session& session, const Telemetry& telemetry,
                                 const RulesOnTrial& rules,
                                 const exercise::IsReceived& is_received) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  LoadReport report;
  auto replay = exercise::replay(telemetry.cases, telemetry.folder, *rules.book, is_received,
                                 session.num_jobs(), agreed_time(*workspace));
  report.append(std::move(replay.report));
  session.report(report);
  say_noise(session, replay);
  Outcome outcome{.judgements = std::move(replay.judgements)};
  if (outcome.judgements.empty()) {
    return fail(kUsageError, "the cases name no attack that is to be found: " +
                                 escape_for_log(telemetry.cases_file));
  }
  complete(session, {}, outcome.judgements);
  return outcome;
}

Result<void> record(Session& session, const std::vector<Judgement>& judgements) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr || session.arguments().has("--no-record")) return {};
  std::vector<evidence::Evidence> evidence;
  for (const Judgement& judgement : judgements) evidence.push_back(judgement.evidence);
  return workspace::append_evidence((*workspace)->folder, evidence);
}

void write_json(Session& session, const Outcome& outcome) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/validate/1");
  std::size_t num_failures = 0;
  json.key("evidence").begin_array();
  for (const Judgement& judgement : outcome.judgements) {
    evidence::write_evidence(json, judgement.evidence);
    num_failures += report::is_failure(judgement, outcome.is_asked_for) ? 1 : 0;
  }
  json.end_array();
  json.member("procedures", outcome.judgements.size()).member("failures", num_failures);
  json.end_object();
  session.out().write(json.text() + "\n");
}

void write(Session& session, const Outcome& outcome) {
  const std::string_view format = session.format();
  if (format == "json") return write_json(session, outcome);
  if (format == "ndjson") {
    for (const Judgement& judgement : outcome.judgements) {
      session.out().write(evidence::to_json_line(judgement.evidence));
    }
    return;
  }
  if (format == "junit") {
    session.out().write(report::validation_junit(outcome.judgements, outcome.is_asked_for));
    return;
  }
  if (format == "csv") return print(session, report::validation_rows(outcome.judgements));
  print(session, report::validation_table(outcome.judgements));
  session.out().write("\n" + report::headline(outcome.judgements) + "\n");
}

// What was proven and is no longer, or soon will not be: what `coverage` counts, and nothing else.
Result<ExitCode> show_due(Session& session) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr) {
    return fail(kUsageError, "--due looks at what a workspace keeps, and there is none", {},
                "name one with --workspace, or make one with 'nepho init'");
  }
  const auto assessed = assess_session(session, {}, session.arguments().values("--provider"));
  if (!assessed) return std::unexpected(assessed.error());
  const auto due = coverage::due_plays(assessed->coverage);
  print(session, report::due_table(assessed->coverage, due));
  if (due.empty()) {
    session.messages().note(
        fmt::format("nothing is due: of {} plays kept, none is stale or ends within {:.0f} days",
                    assessed->evidence.size(), coverage::kNoticeDays));
  }
  return ExitCode::kDone;
}

void say_refit(Session& session, const coverage::Coverage& coverage,
               const coverage::FittedPriors& priors) {
  report::Table table({{"LOG SOURCE"}, {"STATUS"}, {"RULES"}, {"ALERTED"}, {"BASE"}, {"TRIALS"}});
  for (const coverage::FittedPrior& group : priors.groups) {
    table.add_row({escape_for_log(group.log_source), escape_for_log(group.status),
                   fmt::format("{}", group.rules), fmt::format("{:.3f}", group.alerted),
                   fmt::format("{:.3f}", group.base), fmt::format("{:.2f}", group.trials)});
  }
  if (!priors.groups.empty()) print(session, table);
  constexpr auto kMade = static_cast<std::size_t>(evidence::Kind::kSynthetic);
  const bool is_all_made = std::ranges::any_of(priors.groups, [](const auto& group) {
    return std::reduce(group.plays.begin(), group.plays.end()) == group.plays[kMade];
  });
  if (is_all_made) {
    session.messages().note(
        "some rest on made records alone: they say how well rules see what their authors made");
  }
  session.messages().note(fmt::format(
      "{} refitted; a log source and status needs {:g} tested rules, and the others keep the guess "
      "of the model. 'nepho explain' shows which prior a rule has",
      priors.groups.size() == 1 ? "1 prior was"
                                : fmt::format("{} priors were", priors.groups.size()),
      coverage.model.refit_min_rules));
}

// Estimates the priors anew from the evidence that is kept, and keeps them. A step of its own,
// since figures that moved with every play could not be compared.
Result<ExitCode> refit_priors(Session& session) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr) {
    return fail(kUsageError, "--refit looks at what a workspace keeps, and there is none", {},
                "name one with --workspace, or make one with 'nepho init'");
  }
  const auto assessed = assess_session(session, {}, {});
  if (!assessed) return std::unexpected(assessed.error());
  const auto priors = coverage::refit(assessed->coverage);
  if (!session.arguments().has("--no-record")) {
    if (auto kept = workspace::write_priors((*workspace)->folder, priors); !kept) {
      return std::unexpected(kept.error());
    }
  }
  say_refit(session, assessed->coverage, priors);
  return ExitCode::kDone;
}

// Real logs: of a real organisation, for which nothing stands in.
Result<Outcome> judge_logs(Session& session) {
  const auto telemetry = read_telemetry(session);
  if (!telemetry) return std::unexpected(telemetry.error());
  const auto rules = load_rules_on_trial(session, {});
  if (!rules) return std::unexpected(rules.error());
  const auto is_received = received_logs(session);
  if (!is_received) return std::unexpected(is_received.error());
  return replay_telemetry(session, *telemetry, **rules, *is_received);
}

Result<Outcome> judge_procedures(Session& session) {
  const auto setup = set_up_plays(session);
  if (!setup) return std::unexpected(setup.error());
  const PlaySetup& plays = **setup;
  exercise::Judge judge(*plays.rules->book, plays.is_received);
  Outcome outcome;
  outcome.is_asked_for = session.arguments().has("PROCEDURE");
  for (const auto& procedure : plays.exercises.procedures) {
    outcome.judgements.push_back(judge.judge(procedure, plays.stage_of(procedure)));
  }
  complete(session, plays.exercises.procedures, outcome.judgements);
  return outcome;
}

Result<ExitCode> run_validate(Session& session) {
  const Arguments& arguments = session.arguments();
  if (arguments.has("--due")) return show_due(session);
  if (arguments.has("--refit")) return refit_priors(session);
  if (arguments.has("--mutate")) return show_mutations(session);
  const bool is_replay = arguments.has("--telemetry") || arguments.has("--cases");
  const auto outcome = is_replay ? judge_logs(session) : judge_procedures(session);
  if (!outcome) return std::unexpected(outcome.error());
  if (auto recorded = record(session, outcome->judgements); !recorded) {
    return std::unexpected(recorded.error());
  }
  write(session, *outcome);
  const bool failed = std::ranges::any_of(outcome->judgements, [&](const Judgement& judgement) {
    return report::is_failure(judgement, outcome->is_asked_for);
  });
  return failed ? ExitCode::kCheckFailed : ExitCode::kDone;
}

std::vector<Option> validate_options() {
  std::vector<Option> options{
      {.name = "--rules",
       .value_name = "PATH",
       .help = "rules to hold them against in place of the workspace's: a file or a folder",
       .kind = ValueKind::kPath,
       .repeatable = true},
      {.name = "--pack", .help = "hold them against the built-in pack"},
      {.name = "--placeholders",
       .value_name = "FILE",
       .help = "YAML or JSON: name to values, for the expand modifier",
       .kind = ValueKind::kPath},
      array_matching_option()};
  for (Option& option : exercise_options()) options.push_back(std::move(option));
  options.push_back({.name = "--telemetry",
                     .value_name = "DIR",
                     .help = "look at these logs in place of playing procedures",
                     .kind = ValueKind::kFolder});
  options.push_back({.name = "--cases",
                     .value_name = "FILE",
                     .help = "which lines of the logs are an attack (tab-separated)",
                     .kind = ValueKind::kPath});
  options.push_back(
      {.name = "--mutate",
       .help =
           "change what an attacker or the provider can change, and say which rules still fire"});
  options.push_back({.name = "--due", .help = "list what was proven and expires within 30 days"});
  options.push_back(
      {.name = "--refit",
       .help = "estimate the rules' priors anew from the evidence kept, and keep them"});
  options.push_back({.name = "--no-record", .help = "keep nothing in the workspace"});
  return options;
}

}  // namespace

std::vector<Command> validate_commands() {
  return {{
      .name = "validate",
      .summary = "play procedures against the rules, and say what fired and what did not",
      .description =
          "Plays each procedure, and what looks like it and is benign, through the engine that "
          "'detect' runs, and says whether a rule mapped to its technique raises an alert; if not, "
          "which rule came nearest and what kept it from firing. In a workspace the evidence is "
          "kept. Records that a program made prove less than real logs: --telemetry and --cases "
          "look at those. --mutate plays each attack with other names, addresses, clients, "
          "policies "
          "and callers, and with fields that the provider moved, and keeps nothing. "
          "Exit code 1 when something that should fire did not, or fires on what is benign.",
      .positionals = {procedure_positional()},
      .options = validate_options(),
      .formats = {"table", "json", "ndjson", "csv", "markdown", "junit"},
      .examples = {{"nepho validate --rules examples/rules --technique T1136 --no-record",
                    "does a rule of ours see how accounts are made?", ExitCode::kCheckFailed},
                   {"nepho validate --pack --mutate --technique T1098.003",
                    "how does an attacker get past the built-in rules for added roles?"}},
      .run = run_validate,
  }};
}

}  // namespace nepho::cli
