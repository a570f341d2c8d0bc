// nepho tabletop: a walkthrough of a technique for people around a table, and what came of it.
#include "report/tabletop.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/printable.h"
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/exercises.h"
#include "cli/rule_options.h"
#include "cli/rules_on_trial.h"
#include "cli/tabletop_logs.h"
#include "cli/technique_argument.h"
#include "evidence/fingerprint.h"
#include "evidence/words.h"
#include "exercise/tabletop.h"
#include "report/tabletop_json.h"
#include "text/nearest.h"
#include "workspace/evidence_log.h"
#include "workspace/workspace.h"

namespace nepho::cli {
namespace {

using exercise::Procedure;

constexpr ErrorCode kUsageError{"cli.usage"};
constexpr ErrorCode kNothingToTell{"cli.nothing_to_tell"};

// Longest note that is kept; a guess at what somebody types behind --notes.
constexpr std::size_t kMaxNotes = 2'000;

bool is_of(const Procedure& procedure, const attack::TechniqueId& technique) {
  const std::string& id = procedure.facts.technique;
  return id == technique.value || id.starts_with(technique.value + ".");
}

// How much there is to talk about: different calls, those that were refused not counted.
std::size_t num_calls(const Procedure& procedure) {
  std::set<std::string_view> calls;
  for (const exercise::Step& step : procedure.attack.steps) {
    if (step.error.empty()) calls.insert(step.calls.begin(), step.calls.end());
  }
  return calls.size();
}

// The provider that was named, or the only one that there are procedures on.
Result<std::string> wanted_provider(Session& session, const attack::TechniqueId& technique,
                                    const std::set<std::string>& possible) {
  const std::string names = fmt::format("{}", fmt::join(possible, ", "));
  if (possible.empty()) {
    return fail(kNothingToTell, fmt::format("no procedure of {} is known", technique.value), {},
                "'nepho simulate --list' names what can be played");
  }
  const auto named = session.arguments().value("--provider");
  if (!named && possible.size() == 1) return *possible.begin();
  if (!named) {
    return fail(kUsageError, fmt::format("{} is played on several providers", technique.value), {},
                "say which with --provider: " + names);
  }
  if (possible.contains(*named)) return *named;
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  if (providers->find(*named) == nullptr) {
    return fail(kUsageError, "no provider: " + escape_for_log(*named), {},
                text::did_you_mean(*named, providers->ids()));
  }
  return fail(kNothingToTell,
              fmt::format("no procedure of {} on {} is known", technique.value, *named), {},
              "there are some on " + names);
}

// The procedure to tell and the other ways of the technique: the one that is named, or the one with
// most to talk about, and of those the first by id.
Result<std::vector<const Procedure*>> wanted_procedures(Session& session,
                                                        const std::vector<Procedure>& all,
                                                        const attack::TechniqueId& technique) {
  std::set<std::string> providers;
  for (const Procedure& procedure : all) {
    if (is_of(procedure, technique)) providers.insert(procedure.facts.provider);
  }
  const auto provider = wanted_provider(session, technique, providers);
  if (!provider) return std::unexpected(provider.error());
  std::vector<const Procedure*> ways;
  for (const Procedure& procedure : all) {
    if (procedure.facts.provider == *provider && is_of(procedure, technique)) {
      ways.push_back(&procedure);
    }
  }
  std::ranges::stable_sort(ways, std::ranges::greater(),
                           [](const Procedure* way) { return num_calls(*way); });
  const auto named = session.arguments().value("--procedure");
  if (!named) return ways;
  const auto found = std::ranges::find(
      ways, *named, [](const Procedure* way) { return std::string_view(way->facts.id); });
  if (found != ways.end()) {
    std::rotate(ways.begin(), found, found + 1);
    return ways;
  }
  std::vector<std::string_view> ids;
  for (const Procedure* way : ways) ids.emplace_back(way->facts.id);
  std::string hint = text::did_you_mean(*named, ids);
  if (hint.empty()) hint = fmt::format("there are: {}", fmt::join(ids, ", "));
  return fail(kNothingToTell,
              fmt::format("no procedure of {} on {}: {}", technique.value, *provider,
                          escape_for_log(*named)),
              {}, std::move(hint));
}

// A text as one word of a POSIX shell.
std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string record_command(const Procedure& procedure) {
  return fmt::format("nepho tabletop {} --provider {} --procedure {} --record logged --notes {}",
                     procedure.facts.technique, procedure.facts.provider, procedure.facts.id,
                     shell_word("who saw it, what was missing"));
}

std::set<std::string> logs_told(const exercise::Walkthrough& told) {
  std::set<std::string> logs;
  for (const exercise::Part& part : told.parts) {
    for (const exercise::Inject& inject : part.injects) logs.insert(inject.log_source);
  }
  return logs;
}

// The logs by which procedures of this provider show.
std::set<std::string> logs_of(const std::vector<Procedure>& all, const std::string& provider) {
  std::set<std::string> logs;
  for (const Procedure& procedure : all) {
    if (procedure.facts.provider != provider) continue;
    logs.insert(procedure.facts.log_sources.begin(), procedure.facts.log_sources.end());
  }
  return logs;
}

// All that is read and played before a line is written; parts view each other, so it stays put.
struct Table {
  Exercises exercises;
  std::vector<const Procedure*> ways;  // the first is told
  std::unique_ptr<RulesOnTrial> rules;
  exercise::TabletopGuide guide;
  exercise::Walkthrough told;
  std::uint64_t seed = 1;
};

Result<void> play_table(Session& session, Table& table) {
  const auto stand_ins = invented_organisation(session);
  if (!stand_ins) return std::unexpected(stand_ins.error());
  auto rules = load_rules_on_trial(session, *stand_ins);
  if (!rules) return std::unexpected(rules.error());
  table.rules = *std::move(rules);
  const auto is_received = received_logs(session);
  if (!is_received) return std::unexpected(is_received.error());
  auto guide = exercise::load_tabletop_guide(session.knowledge());
  if (!guide) return std::unexpected(guide.error());
  table.guide = *std::move(guide);
  const auto seed = exercise_seed(session);
  if (!seed) return std::unexpected(seed.error());
  table.seed = *seed;
  const std::string& provider = table.ways[0]->facts.provider;
  auto context = exercise_context(session, provider);
  if (!context) return std::unexpected(context.error());
  context->lists.insert(stand_ins->begin(), stand_ins->end());
  const exercise::Stage stage{*table.exercises.operations.find(provider), *context, *seed,
                              Instant(session.as_of()) - std::chrono::hours(1)};
  const std::size_t num_others = session.arguments().count("--other-ways").value_or(2);
  const auto end =
      table.ways.begin() + static_cast<std::ptrdiff_t>(std::min(table.ways.size(), 1 + num_others));
  auto told = exercise::make_walkthrough({.procedure = *table.ways[0],
                                          .other_ways = {table.ways.begin() + 1, end},
                                          .stage = stage,
                                          .rules = *table.rules->book,
                                          .log_sources = session.log_sources(),
                                          .is_received = *is_received,
                                          .guide = table.guide});
  if (!told) return std::unexpected(told.error());
  table.told = *std::move(told);
  return {};
}

Result<void> write_page(Session& session, const attack::Catalogue& catalogue, const Table& table) {
  const Procedure& procedure = *table.ways[0];
  const attack::TechniqueId id{procedure.facts.technique};
  const attack::Technique* technique = catalogue.find(id);
  if (technique == nullptr) {
    return fail(kNothingToTell,
                fmt::format("ATT&CK {} has no technique {}", catalogue.version(), id.value));
  }
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  const auto& providers = session.providers();
  if (!providers) return std::unexpected(providers.error());
  auto logs = tabletop_logs(session, logs_told(table.told),
                            logs_of(table.exercises.procedures, procedure.facts.provider));
  if (!logs) return std::unexpected(logs.error());
  const attack::Provider* provider = providers->find(procedure.facts.provider);
  std::set<const Procedure*> told;
  for (const exercise::Part& part : table.told.parts) told.insert(part.procedure);
  std::vector<const Procedure*> not_told;
  for (const Procedure* way : table.ways) {
    if (!told.contains(way)) not_told.push_back(way);
  }
  const report::TabletopPage page{
      .told = table.told,
      .rules = *table.rules->book,
      .guide = table.guide,
      .catalogue = catalogue,
      .technique = *technique,
      .provider = provider == nullptr ? procedure.facts.provider : provider->name,
      .organisation = *workspace == nullptr ? std::string() : (*workspace)->organisation.name,
      .logs = *std::move(logs),
      .not_told = std::move(not_told),
      .seed = table.seed,
      .record_command = record_command(procedure)};
  session.out().write(session.format() == "json" ? report::tabletop_json(page)
                                                 : report::tabletop_markdown(page));
  return {};
}

// The verdict that a person would have read off the outcome.
evidence::Verdict verdict_of(evidence::Outcome outcome) {
  switch (outcome) {
    case evidence::Outcome::kAlerted: return evidence::Verdict::kAlerted;
    case evidence::Outcome::kLogged: return evidence::Verdict::kNoAlert;
    case evidence::Outcome::kNone: return evidence::Verdict::kNoTelemetry;
    case evidence::Outcome::kBlocked: return evidence::Verdict::kNotPlayed;
    case evidence::Outcome::kError: return evidence::Verdict::kError;
  }
  return evidence::Verdict::kNotPlayed;
}

// Keeps what the table said. No rule has a trial: none was tried.
Result<void> keep(Session& session, const attack::Catalogue& catalogue, const Procedure& procedure,
                  evidence::Outcome outcome) {
  const auto workspace = session.workspace();
  if (!workspace) return std::unexpected(workspace.error());
  if (*workspace == nullptr) {
    return fail(kUsageError, "--record keeps the outcome in a workspace, and there is none", {},
                "name one with --workspace, or make one with 'nepho init'");
  }
  const std::string notes = session.arguments().value_or("--notes", "");
  if (notes.size() > kMaxNotes) {
    return fail(kUsageError,
                fmt::format("--notes has {} bytes; {} are kept", notes.size(), kMaxNotes), {},
                "keep the minutes elsewhere, and say here where they are");
  }
  evidence::Evidence evidence{.procedure = procedure.facts.id,
                              .technique = procedure.facts.technique,
                              .provider = procedure.facts.provider,
                              .kind = evidence::Kind::kTabletop,
                              .outcome = outcome,
                              .verdict = verdict_of(outcome),
                              .reason = notes};
  evidence.schema_hash =
      evidence::schema_hash(schema_digests(session), procedure.facts.log_sources);
  evidence.attack_version = catalogue.version();
  evidence.time = session.as_of();
  const evidence::Evidence all[] = {std::move(evidence)};
  if (auto kept = workspace::append_evidence((*workspace)->folder, all); !kept) return kept;
  session.messages().note(fmt::format(
      "kept: {} was talked through, {}; 'nepho explain {} --on {}' "
      "shows it",
      procedure.facts.id, to_string(outcome), procedure.facts.technique, procedure.facts.provider));
  return {};
}

Result<ExitCode> run_tabletop(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto technique = wanted_technique(session, *catalogue);
  if (!technique) return std::unexpected(technique.error());
  Table table{.exercises = load_all_exercises(session)};
  auto ways = wanted_procedures(session, table.exercises.procedures, *technique);
  if (!ways) return std::unexpected(ways.error());
  table.ways = *std::move(ways);
  const Arguments& arguments = session.arguments();
  if (arguments.has("--notes") && !arguments.has("--record")) {
    return fail(kUsageError, "--notes belongs to --record OUTCOME");
  }
  Result<void> done;
  if (const auto outcome = evidence::parse<evidence::Outcome>(arguments.value_or("--record", ""))) {
    done = keep(session, *catalogue, *table.ways[0], *outcome);
  } else if (done = play_table(session, table); done) {
    done = write_page(session, *catalogue, table);
  }
  if (!done) return std::unexpected(done.error());
  return ExitCode::kDone;
}

std::vector<Option> tabletop_options() {
  return {
      {.name = "--provider",
       .value_name = "P",
       .help = "where it is carried out (default: the only one with procedures of it)"},
      {.name = "--procedure",
       .value_name = "ID",
       .help = "the way to tell (default: the one with most to talk about)"},
      {.name = "--other-ways",
       .value_name = "N",
       .help = "how many other ways the intruder comes again by (default 2)",
       .kind = ValueKind::kCount},
      {.name = "--seed",
       .value_name = "N",
       .help = "draw other users, keys and addresses (default 1); the same seed, the same bytes",
       .kind = ValueKind::kCount},
      {.name = "--record",
       .value_name = "OUTCOME",
       .help = "keep in the workspace what the table came to",
       .choices = evidence::words_of<evidence::Outcome>()},
      {.name = "--notes", .value_name = "TEXT", .help = "with --record: what was said"},
      {.name = "--rules",
       .value_name = "PATH",
       .help = "rules to look for in place of the workspace's: a file or a folder",
       .kind = ValueKind::kPath,
       .repeatable = true},
      {.name = "--pack", .help = "look for the built-in pack's rules"},
      {.name = "--placeholders",
       .value_name = "FILE",
       .help = "YAML or JSON: name to values, for the expand modifier",
       .kind = ValueKind::kPath},
      array_matching_option()};
}

}  // namespace

std::vector<Command> tabletop_commands() {
  return {{
      .name = "tabletop",
      .summary = "write a walkthrough of a technique for people around a table",
      .description =
          "Writes a document for whoever leads an exercise of an hour: the situation, the records "
          "to hand out one after the other, what to ask at each, which of your rules fire there "
          "(they are run), which logs are off here, and what good responses are. Then a harmless "
          "record of the same kind, and the intruder again by another way. With --record it keeps "
          "what the table came to, as evidence that proves nothing and that 'explain' shows. "
          "Nothing is done to any cloud.",
      .positionals = {{.name = "TECHNIQUE", .help = "an id, such as T1537"}},
      .options = tabletop_options(),
      .formats = {"markdown", "json"},
      .examples = {{"nepho tabletop T1537 --provider aws --pack",
                    "an hour about data that is shared with another account"},
                   {"nepho tabletop T1685.002 --provider aws --workspace examples",
                    "with the rules and logs of a workspace", ExitCode::kBadInput}},
      .run = run_tabletop,
  }};
}

}  // namespace nepho::cli
