#include "cli/validate_live.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/counted.h"
#include "base/files.h"
#include "base/printable.h"
#include "cli/exercises.h"
#include "cli/live_dialogue.h"
#include "cli/rules_on_trial.h"
#include "cli/telemetry.h"
#include "exercise/live_commands.h"
#include "exercise/live_plan.h"
#include "exercise/statements.h"
#include "text/timestamp.h"
#include "workspace/provider_lists.h"
#include "workspace/state_folder.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using exercise::LivePlan;
using exercise::PlannedPlay;
using exercise::StatedPlay;
using exercise::WatchedPlay;

constexpr ErrorCode kUsageError{"cli.usage"};
constexpr std::string_view kPlanFile = "live-plan.json";

// --plan, else the workspace's; nothing outside one.
Result<std::optional<fs::path>> plan_path(Session& session) {
  if (const auto named = session.arguments().value("--plan")) return fs::path(*named);
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr) return std::nullopt;
  return (*workspace)->folder / workspace::kStateFolder / kPlanFile;
}

fs::path outcomes_beside(const fs::path& plan) {
  fs::path path = plan;
  return path.replace_extension(".outcomes.tsv");
}

LivePlan plan_of(const Exercises& exercises, Instant now) {
  LivePlan plan{.made = now, .plays = {}};
  for (const auto& procedure : exercises.procedures) {
    PlannedPlay play{.run = exercise::run_id(now, procedure.facts.id),
                     .procedure = procedure.facts.id,
                     .name = procedure.facts.name,
                     .technique = procedure.facts.technique,
                     .provider = procedure.facts.provider};
    auto commands = exercise::live_commands(
        procedure, *exercises.operations.find(procedure.facts.provider), play.run);
    play.stratus = std::move(commands.stratus);
    play.commands = std::move(commands.lines);
    plan.plays.push_back(std::move(play));
  }
  return plan;
}

void print_plan(Session& session, const LivePlan& plan) {
  if (session.format() == "json") return session.out().write(to_json(plan));
  std::string script;
  for (std::size_t i = 0; i < plan.plays.size(); ++i) {
    script += (i == 0 ? "" : "\n") + script_of(plan.plays[i], i + 1, plan.plays.size());
  }
  session.out().write(script);
}

// The plan, and beside it a table of outcomes to fill in.
Result<void> write_plan(Session& session, const LivePlan& plan,
                        const std::vector<StatedPlay>& stated, const fs::path& path) {
  if (!session.arguments().has("--plan")) {
    if (auto made = workspace::make_state_folder(path.parent_path().parent_path()); !made) {
      return std::unexpected(made.error());
    }
  }
  if (auto written = write_file(path, to_json(plan)); !written) return written;
  const fs::path outcomes = outcomes_beside(path);
  if (auto written = write_file(outcomes, exercise::statements_table(stated)); !written) {
    return written;
  }
  session.messages().note(fmt::format(
      "{} planned at {}. Carry {} out, fill in {}, then: nepho validate --plan {} "
      "--outcome {} (and --alerts FILE for what was alerted on)",
      counted(plan.plays.size(), "attack"), text::to_rfc3339(plan.made),
      plan.plays.size() == 1 ? "it" : "them", printable(outcomes.string(), kMaxPathShown),
      printable(path.string(), kMaxPathShown), printable(outcomes.string(), kMaxPathShown)));
  return {};
}

std::vector<StatedPlay> not_played(const LivePlan& plan) {
  std::vector<StatedPlay> stated;
  for (const PlannedPlay& play : plan.plays) stated.push_back({.procedure = play.procedure});
  return stated;
}

std::optional<std::string> ask_terminal(std::string_view text) {
  std::cerr << text << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

// The accounts that are the organisation's own: an alert of another is of no attack of hers.
void add_own_accounts(const workspace::Workspace* workspace, WatchedPlay& play) {
  const auto* use = workspace == nullptr ? nullptr : workspace->find_provider(play.provider);
  if (use == nullptr) return;
  for (const auto* list :
       {&use->account_ids, &use->tenant_ids, &use->subscription_ids, &use->project_ids}) {
    for (const std::string& id : *list) exercise::add_name(id, play.accounts);
  }
}

// What is known of live attacks beside the plan.
class Composer {
 public:
  Composer(const workspace::Workspace* workspace, exercise::IsReceived is_received,
           const std::vector<exercise::Procedure>& procedures, std::optional<Instant> since,
           Instant now, bool has_alerts)
      : workspace_(workspace),
        is_received_(std::move(is_received)),
        procedures_(procedures),
        since_(since),
        now_(now),
        has_alerts_(has_alerts) {}

  WatchedPlay play_of(const PlannedPlay& planned, Instant made, const StatedPlay* stated) const {
    WatchedPlay play{.procedure = planned.procedure,
                     .name = planned.procedure,
                     .provider = planned.provider,
                     .techniques = {planned.technique},
                     .kind = evidence::Kind::kLive,
                     .took_place = since_.has_value()};
    play.begin = since_.value_or(made);
    play.end = now_;
    play.is_begin_known = false;
    if (!planned.run.empty()) exercise::add_name(planned.run, play.ids);
    add_own_accounts(workspace_, play);
    add_who(planned.account, planned.actor, planned.address, play);
    if (stated != nullptr) add_statement(*stated, play);
    play.unseen = unseen(planned.procedure);
    return play;
  }

 private:
  static void add_who(const std::string& account, const std::string& actor,
                      const std::string& address, WatchedPlay& play) {
    if (!account.empty()) play.accounts.clear();
    exercise::add_name(account, play.accounts);
    exercise::add_principal(actor, play.actors);
    exercise::add_name(address, play.addresses);
  }

  void add_statement(const StatedPlay& stated, WatchedPlay& play) const {
    using exercise::Word;
    add_who(stated.account, stated.actor, stated.address, play);
    play.is_begin_known = stated.started.has_value();
    if (stated.started) play.begin = *stated.started;
    if (stated.ended) play.end = std::max(play.begin, *stated.ended);
    const Word word = stated.statement.word;
    play.took_place = word != Word::kNotPlayed;
    // Alerts say what came of it, where there are any.
    if (word != Word::kPlayed || !has_alerts_) play.statement = stated.statement;
  }

  std::string unseen(const std::string& id) const {
    const auto found = std::ranges::find_if(
        procedures_, [&](const auto& procedure) { return procedure.facts.id == id; });
    if (found == procedures_.end()) return {};
    if (found->facts.observable == evidence::Observable::kNo) {
      return "no log of the provider can show it";
    }
    const auto& sources = found->facts.log_sources;
    if (std::ranges::any_of(sources, is_received_)) return {};
    return sources.empty() ? "" : sources.front() + " is not received";
  }

  const workspace::Workspace* workspace_;
  exercise::IsReceived is_received_;
  const std::vector<exercise::Procedure>& procedures_;
  std::optional<Instant> since_;
  Instant now_;
  bool has_alerts_;
};

// The plan of --plan or the workspace; or, with --since, the procedures that are named.
Result<LivePlan> plan_to_finish(Session& session, const Exercises& exercises) {
  const auto path = plan_path(session);
  if (!path) return std::unexpected(path.error());
  std::error_code error;
  const bool is_there = *path && (session.arguments().has("--plan") || fs::exists(**path, error));
  if (is_there) {
    auto text = read_file(**path, kDefaultLimits.max_document_bytes);
    if (!text) return std::unexpected(text.error());
    return exercise::parse_live_plan(*std::move(text), (*path)->string());
  }
  if (session.arguments().has("PROCEDURE") && session.arguments().has("--since")) {
    LivePlan plan = plan_of(exercises, Instant{});
    // They were carried out without a plan: no call of theirs bears its id.
    for (PlannedPlay& play : plan.plays) play.run.clear();
    return plan;
  }
  return fail(kUsageError, "there is no plan of live attacks to take the outcome of", {},
              "make one with 'nepho validate --live', name one with --plan, or name the procedures "
              "and --since when they were carried out");
}

Result<std::vector<StatedPlay>> read_statements(Session& session, const LivePlan& plan) {
  const auto file = session.arguments().value("--outcome");
  if (!file) return std::vector<StatedPlay>{};
  const auto text = read_file(*file, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  LoadReport report;
  auto stated = exercise::parse_statements(*text, *file, report);
  for (const StatedPlay& play : stated) {
    if (std::ranges::find(plan.plays, play.procedure, &PlannedPlay::procedure) !=
        plan.plays.end()) {
      continue;
    }
    report.add_error(Error(kUsageError, "not in the plan: " + escape_for_log(play.procedure),
                           Place{.file = *file}));
  }
  session.report(report);
  return stated;
}

Result<LiveOutcome> judge_plan(Session& session, Exercises exercises, const LivePlan& plan,
                               const std::vector<StatedPlay>& stated) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  const auto is_received = received_logs(session);
  if (!is_received) return std::unexpected(is_received.error());
  const auto since = alerts_since(session);
  if (!since) return std::unexpected(since.error());
  const Composer composer(*workspace, *is_received, exercises.procedures, *since,
                          session.clock().now(), session.arguments().has("--alerts"));
  const auto& wanted = session.arguments().values("PROCEDURE");
  std::vector<WatchedPlay> plays;
  for (const PlannedPlay& planned : plan.plays) {
    const bool is_wanted =
        wanted.empty() || std::ranges::find(wanted, planned.procedure) != wanted.end();
    if (!is_wanted) continue;
    const auto found = std::ranges::find(stated, planned.procedure, &StatedPlay::procedure);
    plays.push_back(
        composer.play_of(planned, plan.made, found == stated.end() ? nullptr : &*found));
  }
  if (plays.empty()) return fail(kUsageError, "the plan has none of the procedures that are named");
  auto judged = judge_plays(session, plays);
  if (!judged) return std::unexpected(judged.error());
  LiveOutcome outcome{.judgements = std::move(judged->judgements),
                      .procedures = std::move(exercises.procedures),
                      .tally = std::nullopt};
  if (session.arguments().has("--alerts")) outcome.tally = std::move(judged->tally);
  return outcome;
}

// On a terminal: the outcomes at once; what alerts are still to say is kept for later.
Result<std::optional<LiveOutcome>> ask_for(Session& session, Exercises exercises,
                                           const LivePlan& plan,
                                           const std::optional<fs::path>& path) {
  const auto stated = ask_outcomes(plan, session.clock(), ask_terminal);
  const bool is_open = std::ranges::any_of(stated, [](const StatedPlay& play) {
    return play.statement.word == exercise::Word::kPlayed;
  });
  if (is_open && path && !session.arguments().has("--no-record")) {
    if (auto written = write_plan(session, plan, stated, *path); !written) {
      return std::unexpected(written.error());
    }
  }
  auto judged = judge_plan(session, std::move(exercises), plan, stated);
  if (!judged) return std::unexpected(judged.error());
  return std::optional(*std::move(judged));
}

bool is_on_terminal(const Session& session) {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1 &&
         !session.arguments().has("--plan");
}

}  // namespace

std::vector<Option> live_options() {
  return {{.name = "--live",
           .help = "say what to run to carry the procedures out on an estate of your own, and take "
                   "the outcome; nothing is run or sent by this program"},
          {.name = "--plan",
           .value_name = "FILE",
           .help = "of --live: write the plan there, to take its outcome later; else: the plan "
                   "whose outcome it is (default: the workspace's)",
           .kind = ValueKind::kPath},
          {.name = "--outcome",
           .value_name = "FILE",
           .help = "what came of a plan: a table with procedure and outcome (docs/alerts.md); or "
                   "what VECTR or DeTT&CT keep, as talk that proves nothing",
           .kind = ValueKind::kPath}};
}

Result<std::optional<LiveOutcome>> start_live(Session& session) {
  const Arguments& arguments = session.arguments();
  if (!arguments.has("PROCEDURE") && !arguments.has("--technique") &&
      !arguments.has("--provider")) {
    return fail(kUsageError, "--live carries out what is named, and nothing is", {},
                "name procedures, --technique or --provider; 'nepho simulate --list' names all");
  }
  auto exercises = load_exercises(session);
  if (!exercises) return std::unexpected(exercises.error());
  const Instant now = session.options().as_of ? Instant(session.as_of()) : session.clock().now();
  const LivePlan plan = plan_of(*exercises, now);
  const auto path = plan_path(session);
  if (!path) return std::unexpected(path.error());
  if (is_on_terminal(session)) return ask_for(session, *std::move(exercises), plan, *path);
  if (!*path || (arguments.has("--no-record") && !arguments.has("--plan"))) {
    return fail(kUsageError,
                "without a terminal the outcome is taken later, and the plan is kept "
                "nowhere",
                {}, "name a file with --plan, or run it in a workspace");
  }
  print_plan(session, plan);
  if (auto written = write_plan(session, plan, not_played(plan), **path); !written) {
    return std::unexpected(written.error());
  }
  return std::nullopt;
}

Result<LiveOutcome> finish_live(Session& session) {
  auto exercises = load_exercises(session);
  if (!exercises) return std::unexpected(exercises.error());
  const auto plan = plan_to_finish(session, *exercises);
  if (!plan) return std::unexpected(plan.error());
  const auto stated = read_statements(session, *plan);
  if (!stated) return std::unexpected(stated.error());
  return judge_plan(session, *std::move(exercises), *plan, *stated);
}

}  // namespace nepho::cli
