// nepho simulate: write the telemetry of procedures as their log sources would deliver it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <optional>

#include "base/counted.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/exercises.h"
#include "cli/print.h"
#include "cli/session.h"
#include "cli/simulation_output.h"
#include "exercise/background.h"
#include "exercise/play.h"
#include "exercise/random.h"
#include "report/table.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Procedure;

constexpr ErrorCode kUsageError{"cli.usage"};
using exercise::Record;

const Label kBenign{"benign", "", ""};

// Takes a batch; false when nobody reads any more.
using Write = std::function<Result<bool>(const Batch&)>;

class Simulation {
 public:
  Simulation(Session& session, const exercise::ProviderOperations& provider,
             const exercise::Context& context, std::uint64_t seed)
      : session_(session), provider_(provider), context_(context), seed_(seed) {}

  Result<void> add(const Procedure& procedure) {
    const auto& facts = procedure.facts;
    if (auto played =
            add_scenario(procedure.attack, facts.id, {"attack", facts.technique, facts.id});
        !played) {
      return played;
    }
    if (!session_.arguments().has("--lookalikes")) return {};
    for (std::size_t i = 0; i < procedure.lookalikes.size(); ++i) {
      const auto& lookalike = procedure.lookalikes[i];
      const Label label{"lookalike", facts.technique, facts.id + ": " + lookalike.name};
      auto played = add_scenario(lookalike, fmt::format("{}/lookalike/{}", facts.id, i), label);
      if (!played) return played;
    }
    return {};
  }

  // Of the days before the last, which are over when the attacks begin, nothing is kept: `write`
  // takes each.
  Result<void> add_background(std::size_t count, const Write& write) {
    auto background = exercise::Background::of(stage(session_.as_of()), count);
    if (!background) return std::unexpected(background.error());
    Batch last;
    while (true) {
      auto day = background->next_day();
      if (!day) return std::unexpected(day.error());
      if (day->empty()) break;
      if (!last.empty()) {
        const auto written = write(last);
        if (!written) return std::unexpected(written.error());
        if (!*written) return {};
      }
      last.clear();
      for (Record& record : *day) last.push_back({std::move(record), kBenign});
    }
    std::ranges::move(last, std::back_inserter(played_));
    return {};
  }

  Batch take() {
    std::ranges::stable_sort(played_, {}, [](const Labelled& one) { return one.record.time; });
    return std::move(played_);
  }

 private:
  exercise::Stage stage(Instant start) const {
    return {provider_, context_, seed_, start, session_.arguments().value_or("--delivery", "")};
  }

  // Somewhere in the two hours before now, so that nothing is of the future.
  Result<void> add_scenario(const exercise::Scenario& scenario, const std::string& play,
                            const Label& label) {
    exercise::Random random(exercise::seed_for(seed_, "start/" + play));
    const Instant start = Instant(session_.as_of()) - std::chrono::hours(2) +
                          std::chrono::seconds(random.below(3600));
    auto records = exercise::play(scenario, stage(start), play);
    if (!records) return std::unexpected(records.error());
    for (Record& record : *records) played_.push_back({std::move(record), label});
    return {};
  }

  Session& session_;
  const exercise::ProviderOperations& provider_;
  const exercise::Context& context_;
  std::uint64_t seed_;
  Batch played_;
};

// Plays all of one provider, and gives `write` the records.
Result<void> simulate_provider(Session& session, const Exercises& exercises,
                               const exercise::ProviderOperations& provider, std::uint64_t seed,
                               const Write& write) {
  const auto context = exercise_context(session, provider.provider);
  if (!context) return std::unexpected(context.error());
  Simulation simulation(session, provider, *context, seed);
  for (const Procedure& procedure : exercises.procedures) {
    if (procedure.facts.provider != provider.provider) continue;
    if (auto added = simulation.add(procedure); !added) return added;
  }
  const auto background = session.arguments().count("--with-background");
  if (background && *background > 0) {
    if (auto added = simulation.add_background(*background, write); !added) return added;
  }
  const auto written = write(simulation.take());
  return written ? Result<void>() : std::unexpected(written.error());
}

// --delivery is a way in which one of these providers hands its log out.
Result<void> check_delivery(Session& session, const Exercises& exercises,
                            const std::vector<std::string>& providers) {
  const auto named = session.arguments().value("--delivery");
  if (!named) return {};
  std::vector<std::string_view> known;
  for (const std::string& id : providers) {
    for (const auto& [name, wrapping] : exercises.operations.find(id)->wrappings) {
      if (name == *named) return {};
      known.push_back(name);
    }
  }
  std::string hint = text::did_you_mean(*named, known);
  if (hint.empty() && known.empty()) hint = "what is played has one way only";
  if (hint.empty()) hint = fmt::format("there are: {}", fmt::join(known, ", "));
  return fail(kUsageError, "no such --delivery: " + escape_for_log(*named), {}, std::move(hint));
}

// The catalogue as a table: what can be named on the command line, and what it does.
void list_procedures(Session& session, const std::vector<Procedure>& procedures) {
  report::Table table({{"PROCEDURE", report::Align::kLeft, false},
                       {"TECHNIQUE", report::Align::kLeft, false},
                       {"WHAT IT DOES"}});
  for (const Procedure& procedure : procedures) {
    table.add_row({procedure.facts.id, procedure.facts.technique, procedure.facts.name});
  }
  print(session, table);
}

// The providers of the procedures, in the order in which these name them.
std::vector<std::string> providers_of(const std::vector<Procedure>& procedures) {
  std::vector<std::string> providers;
  for (const Procedure& procedure : procedures) {
    if (std::ranges::find(providers, procedure.facts.provider) == providers.end()) {
      providers.push_back(procedure.facts.provider);
    }
  }
  return providers;
}

Result<SimulationOutput> output_of(Session& session) {
  const auto labels = session.arguments().value("--labels");
  const auto path = labels ? std::optional<fs::path>(*labels) : std::nullopt;
  const auto& output = session.options().output;
  return output && *output != "-" ? SimulationOutput::to_folder(*output, path)
                                  : SimulationOutput::to_lines(session, path);
}

Result<ExitCode> run_simulate(Session& session) {
  const auto exercises = load_exercises(session);
  if (!exercises) return std::unexpected(exercises.error());
  if (session.arguments().has("--list")) {
    list_procedures(session, exercises->procedures);
    return ExitCode::kDone;
  }
  const auto seed = exercise_seed(session);
  if (!seed) return std::unexpected(seed.error());
  const auto providers = providers_of(exercises->procedures);
  if (auto checked = check_delivery(session, *exercises, providers); !checked) {
    return std::unexpected(checked.error());
  }
  auto output = output_of(session);
  if (!output) return std::unexpected(output.error());
  for (const std::string& id : providers) {
    const auto write = [&](const Batch& batch) { return output->write(id, batch); };
    auto done =
        simulate_provider(session, *exercises, *exercises->operations.find(id), *seed, write);
    if (!done) return std::unexpected(done.error());
  }
  if (auto finished = output->finish(); !finished) return std::unexpected(finished.error());
  session.out().flush();
  session.messages().note(fmt::format("{} of {}", counted(output->num_records(), "record"),
                                      counted(exercises->procedures.size(), "procedure")));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> simulate_commands() {
  std::vector<Option> options = exercise_options();
  options.push_back({.name = "--list", .help = "name the procedures, and end"});
  options.push_back({.name = "--lookalikes", .help = "also what looks like it and is benign"});
  options.push_back({.name = "--with-background",
                     .value_name = "N",
                     .help = "also this many records of ordinary work",
                     .kind = ValueKind::kCount});
  options.push_back({.name = "--delivery",
                     .value_name = "NAME",
                     .help = "as another service hands the log out: eks-subscription, eks-export"});
  options.push_back({.name = "--labels",
                     .value_name = "FILE",
                     .help = "write there which lines are of which procedure",
                     .kind = ValueKind::kPath});
  return {{
      .name = "simulate",
      .summary = "write the telemetry of procedures, in each log source's own form",
      .description =
          "Plays procedures as their providers' logs would show them and writes the records: one a "
          "line to stdout, or with -o the files that the provider delivers, with cases.tsv beside "
          "them that says which lines are of which procedure. Nothing is done to any cloud.",
      .positionals = {procedure_positional()},
      .options = std::move(options),
      .formats = {"ndjson"},
      .examples = {{"nepho simulate --list --technique T1098", "what can be played"},
                   {"nepho simulate aws.persistence.create-user",
                    "the records of one procedure, one a line"},
                   {"nepho simulate --technique T1098 --lookalikes",
                    "all ways of one technique, with what looks like them"}},
      .writes_folder = true,
      .run = run_simulate,
  }};
}

}  // namespace nepho::cli
