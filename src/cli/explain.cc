// nepho explain: every step that led to a cell's state.
#include "coverage/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.h"
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/technique_argument.h"
#include "coverage/appearance.h"
#include "coverage/write_json.h"

namespace nepho::cli {
namespace {

using coverage::Cell;
using coverage::Coverage;
using coverage::StepKind;

constexpr ErrorCode kNoCell{"cli.no_cell"};

std::string names_of(const std::vector<const Cell*>& cells) {
  std::vector<std::string> names;
  for (const Cell* cell : cells) names.push_back(cell->provider);
  return fmt::format("{}", fmt::join(names, ", "));
}

// Why there is nothing to explain.
Error no_cell(const Coverage& coverage, const attack::TechniqueId& id,
              const std::string& provider) {
  if (coverage.find(id) == nullptr) {
    return Error(kNoCell, fmt::format("{} is not in the cloud matrix of ATT&CK {}", id.value,
                                      coverage.attack_version));
  }
  return Error(kNoCell, fmt::format("ATT&CK does not put {} on {}", id.value, provider), {},
               fmt::format("'nepho matrix {}' says where it is", id.value));
}

report::Tone tone_of(StepKind kind) {
  switch (kind) {
    case StepKind::kState: return report::Tone::kStrong;
    case StepKind::kBroken: return report::Tone::kBad;
    case StepKind::kRule: return report::Tone::kGood;
    default: return report::Tone::kPlain;
  }
}

// The heading is for people; Markdown and CSV are the steps alone.
void print_steps(Session& session, const Coverage& coverage, const Cell& cell) {
  report::Table table({{"STEP", report::Align::kLeft, false}, {"WHAT WAS FOUND"}});
  for (const coverage::Step& step : coverage::explain(coverage, cell)) {
    const bool is_nothing = step.kind == StepKind::kRule && cell.rules.empty();
    table.add_row(
        {{coverage::to_string(step.kind), is_nothing ? report::Tone::kPlain : tone_of(step.kind)},
         step.text});
  }
  if (session.format() == "table") {
    const coverage::Appearance& look = coverage::appearance_of(cell.state);
    const auto* row = coverage.find(cell.technique);
    session.out().write(report::in_tone(
        fmt::format("{} {} on {}: {} {}\n\n", cell.technique.value, row == nullptr ? "" : row->name,
                    cell.provider, look.glyph, look.label),
        report::Tone::kStrong, session.terminal().has_color));
  }
  print(session, table);
  if (session.format() == "table" && !cell.badges.empty()) {
    session.out().write(fmt::format("\nBadges: {}\n", fmt::join(cell.badges, ", ")));
  }
}

// Without --on every cell of the technique is told; JSON is one document, so it wants one cell.
Result<ExitCode> run_explain(Session& session) {
  const auto& catalogue = session.catalogue();
  if (!catalogue) return std::unexpected(catalogue.error());
  const auto id = wanted_technique(session, *catalogue);
  if (!id) return std::unexpected(id.error());
  std::vector<std::string> providers = session.arguments().values("--on");
  const auto assessed = assess_session(session, session.arguments().values("PATH"), providers);
  if (!assessed) return std::unexpected(assessed.error());
  const coverage::Coverage& coverage = assessed->coverage;
  const std::vector<const Cell*> cells = coverage.cells_of(*id);
  if (cells.empty()) {
    return std::unexpected(
        no_cell(coverage, *id, providers.empty() ? "any provider here" : providers.front()));
  }
  if (session.format() == "json" && cells.size() > 1) {
    return fail(kNoCell, fmt::format("{} is on several providers", id->value), {},
                "say which with --on: " + names_of(cells));
  }
  bool is_first = true;
  for (const Cell* cell : cells) {
    if (session.format() == "json") {
      session.out().write(coverage::explain_json(coverage, *cell));
    } else {
      if (!std::exchange(is_first, false)) session.out().write("\n");
      print_steps(session, coverage, *cell);
    }
  }
  for (const std::string& assumption : coverage.assumptions) {
    session.messages().note("assumed: " + assumption);
  }
  return ExitCode::kDone;
}

std::vector<Option> options() {
  std::vector<Option> options{{.name = "--on",
                               .value_name = "PROVIDER",
                               .help = "the cell's provider (default: each one it is on)"}};
  std::ranges::move(assessment_options(), std::back_inserter(options));
  return options;
}

}  // namespace

std::vector<Command> explain_commands() {
  return {{.name = "explain",
           .summary = "show every step that led to a cell's state",
           .description =
               "Says for one technique on one provider whether it applies and who says so, which "
               "logs arrive, which rules map to it by which tag, which of them are broken and "
               "why, and what follows from that.",
           .positionals = {{.name = "TECHNIQUE", .help = "an id, such as T1136.003"},
                           rules_positional()},
           .options = options(),
           .formats = {"table", "json", "markdown", "csv"},
           .examples = {{.line = "nepho explain T1685.002 --on aws --workspace examples",
                         .does = "why the cell for stopped logs is what it is",
                         .exit = ExitCode::kBadInput}},
           .run = run_explain}};
}

}  // namespace nepho::cli
