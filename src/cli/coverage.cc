// nepho coverage: what the rules cover, as table, data, layer, picture and page.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/printable.h"
#include "cli/assessment.h"
#include "cli/commands.h"
#include "cli/page.h"
#include "cli/print.h"
#include "coverage/baseline.h"
#include "coverage/totals.h"
#include "coverage/write_json.h"
#include "navigator/coverage_layer.h"
#include "navigator/write_layer.h"
#include "report/coverage_text.h"
#include "report/svg.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

using coverage::Coverage;

constexpr ErrorCode kBadThreshold{"cli.bad_threshold"};
constexpr std::array<std::string_view, 3> kMetrics{"paper", "exercised", "validated"};
constexpr std::array<std::string_view, 5> kFailures{"broken", "failing", "stale", "one-rule",
                                                    "unmapped"};

// "paper=40": the share, in percent, that must be reached.
struct Threshold {
  std::string metric;
  double percent = 0;
};

// All of the command's own options are checked before any work is done.
Result<std::vector<Threshold>> thresholds(const Session& session) {
  std::vector<Threshold> out;
  for (const std::string& text : session.arguments().values("--fail-under")) {
    const std::size_t equals = text.find('=');
    Threshold threshold{.metric = text.substr(0, equals)};
    if (std::ranges::find(kMetrics, threshold.metric) == kMetrics.end()) {
      return fail(kBadThreshold, "no such metric of --fail-under: " + escape_for_log(text), {},
                  text::did_you_mean(threshold.metric, kMetrics));
    }
    const std::string number = equals == std::string::npos ? "" : text.substr(equals + 1);
    const char* end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, threshold.percent);
    if (read.ec != std::errc{} || read.ptr != end || !(threshold.percent >= 0) ||
        threshold.percent > 100) {
      return fail(kBadThreshold, "--fail-under takes METRIC=PERCENT, as in paper=40, not: " +
                                     escape_for_log(text));
    }
    out.push_back(threshold);
  }
  return out;
}

// Words that name states with evidence are taken already, and find nothing until there is some.
Result<std::vector<std::string>> failures(const Session& session) {
  std::vector<std::string> out;
  for (std::string_view list : session.arguments().values("--fail-on")) {
    while (!list.empty()) {
      const std::string_view word = list.substr(0, list.find(','));
      list.remove_prefix(std::min(word.size() + 1, list.size()));
      if (std::ranges::find(kFailures, word) == kFailures.end()) {
        return fail(kBadThreshold, "--fail-on does not know: " + escape_for_log(word), {},
                    fmt::format("one of {}", fmt::join(kFailures, ", ")));
      }
      out.emplace_back(word);
    }
  }
  return out;
}

// Compared unrounded; an empty set of cells reaches nothing.
bool reaches(Session& session, const Coverage& coverage, const Threshold& threshold) {
  const coverage::Share& share = *coverage::share_named(coverage.totals.cells, threshold.metric);
  const double percent = 100 * share.ratio();
  const bool holds = share.whole != 0 && percent >= threshold.percent;
  session.messages().note(fmt::format("{}: {} is {:.6g} % ({} of {} cells), asked for {:.6g} %",
                                      holds ? "passed" : "failed", threshold.metric, percent,
                                      share.part, share.whole, threshold.percent));
  return holds;
}

// How many rules or cells are what the word says.
std::size_t num_of(const Coverage& coverage, std::string_view failure) {
  const auto count_cells = [&](auto holds) {
    return static_cast<std::size_t>(std::ranges::count_if(coverage.cells, holds));
  };
  const auto count_rules = [&](auto holds) {
    return static_cast<std::size_t>(std::ranges::count_if(coverage.rules, holds));
  };
  if (failure == "broken")
    return count_rules([](const auto& rule) { return !rule.faults.empty(); });
  if (failure == "unmapped") {
    return count_rules([](const auto& rule) { return !rule.unmapped.empty(); });
  }
  if (failure == "one-rule") {
    return count_cells([](const auto& cell) { return cell.rules.size() == 1; });
  }
  return count_cells([&](const auto& cell) { return coverage::to_string(cell.state) == failure; });
}

bool is_free_of(Session& session, const Coverage& coverage, const std::string& failure) {
  const std::size_t number = num_of(coverage, failure);
  session.messages().note(
      fmt::format("{}: {} {}", number == 0 ? "passed" : "failed", number, failure));
  return number == 0;
}

bool has_core(Session& session, const Coverage& coverage) {
  const coverage::BaselineTally core = coverage::baseline_of(coverage);
  const bool holds = core.exercised.part == core.exercised.whole;
  session.messages().note(fmt::format("{}: {} of {} core cells are exercised or validated",
                                      holds ? "passed" : "failed", core.exercised.part,
                                      core.exercised.whole));
  return holds;
}

// Every check is made and said, also after one has failed.
ExitCode check(Session& session, const Coverage& coverage, const std::vector<Threshold>& minima,
               const std::vector<std::string>& unwanted) {
  bool holds = true;
  for (const Threshold& threshold : minima) holds &= reaches(session, coverage, threshold);
  for (const std::string& failure : unwanted) holds &= is_free_of(session, coverage, failure);
  if (session.arguments().has("--require")) holds &= has_core(session, coverage);
  return holds ? ExitCode::kDone : ExitCode::kCheckFailed;
}

// A list is what the Navigator opens as tabs; one layer is what most other tools can read.
std::string layers(Session& session, const Coverage& coverage) {
  const attack::Catalogue& catalogue = *session.catalogue();
  if (coverage.providers.size() == 1) {
    return navigator::to_json(navigator::to_layer(coverage, catalogue, coverage.providers[0].id));
  }
  if (!session.arguments().has("--per-provider")) {
    return navigator::to_json(navigator::to_combined_layer(coverage, catalogue));
  }
  std::vector<navigator::Layer> layers;
  for (const auto& provider : coverage.providers) {
    layers.push_back(navigator::to_layer(coverage, catalogue, provider.id));
  }
  return navigator::to_json(layers);
}

// One figure a provider, or the weakest of all in one.
std::string picture(const Session& session, const Coverage& coverage) {
  std::vector<report::Heatmap> maps;
  if (coverage.providers.size() == 1 || session.arguments().has("--per-provider")) {
    for (const auto& provider : coverage.providers) {
      maps.push_back(report::heatmap_of(coverage, provider.id));
    }
  } else {
    maps.push_back(report::heatmap_of(coverage, ""));
  }
  return report::to_svg(coverage, maps);
}

// A cell a line, for jq and log pipelines; rules and totals are in `json`.
void write_lines(Session& session, const Coverage& coverage) {
  for (const coverage::Cell& cell : coverage.cells) {
    text::JsonWriter json;
    coverage::write_cell(json, coverage, cell);
    session.out().write(json.text() + "\n");
  }
}

// Everything goes to the one output; notes and problems go to stderr (cli.md).
void write(Session& session, const Assessed& assessed) {
  const Coverage& coverage = assessed.coverage;
  const std::string_view format = session.format();
  if (format == "json") return session.out().write(coverage::to_json(coverage));
  if (format == "ndjson") return write_lines(session, coverage);
  if (format == "csv") return print(session, report::cell_table(coverage));
  if (format == "markdown") return session.out().write(report::coverage_markdown(coverage));
  if (format == "navigator") return session.out().write(layers(session, coverage));
  if (format == "svg") return session.out().write(picture(session, coverage));
  if (format == "html") return session.out().write(coverage_page(session, assessed));
  session.out().write(report::coverage_text(
      coverage, {.width = static_cast<std::size_t>(session.terminal().table_width),
                 .has_color = session.terminal().has_color}));
}

Result<ExitCode> run_coverage(Session& session) {
  const auto minima = thresholds(session);
  if (!minima) return std::unexpected(minima.error());
  const auto unwanted = failures(session);
  if (!unwanted) return std::unexpected(unwanted.error());
  const auto assessed = assess_session(session, session.arguments().values("PATH"),
                                       session.arguments().values("--provider"));
  if (!assessed) return std::unexpected(assessed.error());
  write(session, *assessed);
  const Coverage& coverage = assessed->coverage;
  for (const std::string& assumption : coverage.assumptions) {
    session.messages().note("assumed: " + assumption);
  }
  return check(session, coverage, *minima, *unwanted);
}

std::vector<Option> options() {
  std::vector<Option> options{
      provider_option(),
      {.name = "--per-provider", .help = "navigator: a list of layers; svg: a figure a provider"},
      {.name = "--fail-under",
       .value_name = "METRIC=PERCENT",
       .help = "exit code 1 below it: paper, exercised or validated",
       .repeatable = true},
      {.name = "--fail-on",
       .value_name = "WHAT,...",
       .help = "exit code 1 if there is any: broken, failing, stale, one-rule, unmapped",
       .repeatable = true},
      {.name = "--require",
       .value_name = "WHAT",
       .help = "exit code 1 unless every core cell is exercised",
       .choices = {"core"}}};
  std::ranges::move(assessment_options(), std::back_inserter(options));
  return options;
}

}  // namespace

std::vector<Command> coverage_commands() {
  return {{.name = "coverage",
           .summary = "show how much of ATT&CK for cloud the rules cover",
           .description =
               "Puts every rule on the cells it covers, a cell being one technique on one "
               "provider, and says for each cell whether a working rule names it (mapped), only "
               "logs arrive (telemetry), or neither (blind). Rules that cannot work are listed "
               "with the reason and count nothing. Rules of other products count on paper: they "
               "run there, not here. What fired is shown where 'nepho detect' ran "
               "in the workspace.\n\n"
               "The rules, providers and log sources are the workspace's. Without a workspace, "
               "give rules as paths; their providers count, and their logs are taken to arrive.",
           .positionals = {rules_positional()},
           .options = options(),
           .formats = {"table", "json", "ndjson", "csv", "markdown", "navigator", "svg", "html"},
           .examples = {{.line = "nepho coverage --workspace examples",
                         .does = "the map of the example's rules; two cannot be read, on purpose",
                         .exit = ExitCode::kBadInput},
                        {.line = "nepho coverage --workspace examples -o coverage.html",
                         .does = "the same as one page for a browser, or to print",
                         .exit = ExitCode::kBadInput},
                        {.line = "nepho coverage --workspace examples --fail-under paper=90",
                         .does = "for a pipeline: fail when less is covered on paper",
                         .exit = ExitCode::kCheckFailed}},
           .run = run_coverage}};
}

}  // namespace nepho::cli
