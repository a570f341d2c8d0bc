#include "cli/validate_mutate.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/printable.h"
#include "cli/play_setup.h"
#include "cli/print.h"
#include "coverage/robustness.h"
#include "exercise/mutation_trial.h"
#include "report/mutation.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};

// By rule. A correlation is passed by where the weakest of what it refers to is.
std::vector<int> levels_of(const plan::Plan& plan, const coverage::RobustnessTable& table) {
  std::vector<int> levels;
  for (const sigma::Rule& rule : plan.rules()) {
    levels.push_back(coverage::robustness_of(rule, table));
  }
  for (const plan::CorrelationNode& node : plan.correlations().nodes()) {
    int weakest = 5;
    for (const auto& input : node.inputs) weakest = std::min(weakest, levels[input.rule]);
    levels[node.rule] = weakest;
  }
  return levels;
}

void write(Session& session, const report::MutationResults& results) {
  const std::string_view format = session.format();
  if (format == "json") return session.out().write(report::mutation_json(results));
  if (format == "ndjson") return session.out().write(report::mutation_lines(results));
  if (format == "csv") return print(session, report::mutation_rows(results));
  print(session, report::mutation_table(results));
  session.out().write("\n" + report::mutation_headline(results) + "\n");
}

}  // namespace

Result<ExitCode> show_mutations(Session& session) {
  if (session.format() == "junit") {
    return fail(kUsageError, "--mutate has no checks to report as junit", {},
                "take table, markdown, csv, json or ndjson");
  }
  for (const char* other : {"--telemetry", "--cases", "--alerts", "--outcome", "--live"}) {
    if (!session.arguments().has(other)) continue;
    return fail(kUsageError, "--mutate changes what it plays itself", {},
                fmt::format("leave {} away", other));
  }
  const auto setup = set_up_plays(session);
  if (!setup) return std::unexpected(setup.error());
  const PlaySetup& plays = **setup;
  const auto table = coverage::load_robustness(session.knowledge());
  if (!table) return std::unexpected(table.error());
  LoadReport report;
  const auto mutations =
      exercise::Mutations::load(session.knowledge(), plays.exercises.operations, report);
  exercise::MutationTrial trial(*plays.rules->book, mutations, plays.is_received);
  for (const auto& procedure : plays.exercises.procedures) {
    if (auto added = trial.add(procedure, plays.stage_of(procedure)); !added) {
      report.add_error(added.error());
    }
  }
  session.report(report);
  const auto rules = trial.rules();
  const auto changes = trial.changes();
  write(session,
        {*plays.rules->book, levels_of(*plays.rules->plan, *table), rules, changes,
         plays.exercises.procedures.size(), trial.num_mutants(), trial.num_unrecognised()});
  return ExitCode::kDone;
}

}  // namespace nepho::cli
