// nepho validate: play procedures, or labelled logs, against the rules, and keep what came of it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/counted.h"
#include "base/printable.h"
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/exercises.h"
#include "cli/play_setup.h"
#include "cli/print.h"
#include "cli/rule_options.h"
#include "cli/rules_on_trial.h"
#include "cli/session.h"
#include "cli/telemetry.h"
#include "cli/validate_alerts.h"
#include "cli/validate_assertions.h"
#include "cli/validate_live.h"
#include "cli/validate_mutate.h"
#include "coverage/due.h"
#include "coverage/refit.h"
#include "evidence/fingerprint.h"
#include "evidence/json.h"
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
  std::optional<AlertTally> alerts = std::nullopt;
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
    const Instant now(session.as_of());
    // A live attack may have been carried out long ago.
    evidence.time = evidence.kind == evidence::Kind::kLive ? std::min(evidence.time, now) : now;
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

void say_noise(Session& session, const exercise::Replay& replay) {
  if (replay.num_lookalikes == 0) return;
  session.messages().note(
      fmt::format("look-alikes: {} of {} {} no alert of {} technique",
                  replay.num_lookalikes - std::min(replay.noisy.size(), replay.num_lookalikes),
                  replay.num_lookalikes, replay.num_lookalikes == 1 ? "raises" : "raise",
                  replay.num_lookalikes == 1 ? "its" : "their"));
  for (const std::string& noisy : replay.noisy) {
    session.messages().detail("fires on a look-alike: " + escape_for_log(noisy));
  }
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
  for (const Judgement& judgement : judgements) {
    // What did not take place is no evidence.
    const bool is_none = judgement.evidence.verdict == evidence::Verdict::kNotPlayed &&
                         judgement.evidence.outcome == evidence::Outcome::kError;
    if (!is_none) evidence.push_back(judgement.evidence);
  }
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
  if (outcome.alerts) outcome.alerts->write(json);
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
        fmt::format("nothing is due: of {} kept, none is stale or ends within {:.0f} days",
                    counted(assessed->evidence.size(), "play"), coverage::kNoticeDays));
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

Outcome outcome_of(Session& session, LiveOutcome live) {
  Outcome outcome{.judgements = std::move(live.judgements),
                  .is_asked_for = true,
                  .alerts = std::move(live.tally)};
  complete(session, live.procedures, outcome.judgements);
  if (outcome.alerts) outcome.alerts->say(session);
  return outcome;
}

// What another product alerted on: logs that it was given, or attacks that were carried out.
Result<Outcome> judge_others(Session& session) {
  if (!session.arguments().has("--telemetry") && !session.arguments().has("--cases")) {
    auto live = finish_live(session);
    if (!live) return std::unexpected(live.error());
    return outcome_of(session, *std::move(live));
  }
  auto judged = judge_fed_logs(session);
  if (!judged) return std::unexpected(judged.error());
  Outcome outcome{.judgements = std::move(judged->judgements), .alerts = std::move(judged->tally)};
  complete(session, {}, outcome.judgements);
  outcome.alerts->say(session);
  return outcome;
}

// Nothing where there is no outcome yet: a plan was written.
Result<std::optional<Outcome>> judge(Session& session) {
  const Arguments& arguments = session.arguments();
  const bool has_outcome = arguments.has("--alerts") || arguments.has("--outcome");
  if (arguments.has("--live") && !has_outcome) {
    auto live = start_live(session);
    if (!live) return std::unexpected(live.error());
    if (!*live) return std::nullopt;
    return outcome_of(session, **std::move(live));
  }
  if (!has_outcome && (arguments.has("--plan") || arguments.has("--since"))) {
    return fail(kUsageError, "--plan and --since go with --live, --outcome or --alerts");
  }
  const bool is_replay = arguments.has("--telemetry") || arguments.has("--cases");
  auto said = judge_assertions(session);
  if (!said) return std::unexpected(said.error());
  if (*said) {
    Outcome talk{.judgements = **std::move(said)};
    complete(session, {}, talk.judgements);
    return talk;
  }
  auto outcome = has_outcome ? judge_others(session)
                 : is_replay ? judge_logs(session)
                             : judge_procedures(session);
  if (!outcome) return std::unexpected(outcome.error());
  return *std::move(outcome);
}

Result<ExitCode> run_validate(Session& session) {
  const Arguments& arguments = session.arguments();
  if (arguments.has("--due")) return show_due(session);
  if (arguments.has("--refit")) return refit_priors(session);
  if (arguments.has("--mutate")) return show_mutations(session);
  const auto judged = judge(session);
  if (!judged) return std::unexpected(judged.error());
  if (!*judged) return ExitCode::kDone;
  const Outcome& outcome = **judged;
  if (auto recorded = record(session, outcome.judgements); !recorded) {
    return std::unexpected(recorded.error());
  }
  write(session, outcome);
  const bool failed = std::ranges::any_of(outcome.judgements, [&](const Judgement& judgement) {
    return report::is_failure(judgement, outcome.is_asked_for);
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
  for (Option& option : alert_options()) options.push_back(std::move(option));
  for (Option& option : live_options()) options.push_back(std::move(option));
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
          "look at those, --alerts at what another product alerted on, and --live says what to run "
          "for a real attack and takes its outcome. --mutate plays each attack with other names, "
          "addresses, clients, policies and callers, and with fields that the provider moved, and "
          "keeps nothing. "
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
