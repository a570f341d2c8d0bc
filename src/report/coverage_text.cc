#include "report/coverage_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "base/printable.h"
#include "coverage/appearance.h"
#include "coverage/baseline.h"
#include "coverage/explain.h"
#include "report/heatmap.h"
#include "report/matrix_layout.h"
#include "report/wrap.h"

namespace nepho::report {
namespace {

using coverage::Coverage;
using coverage::RuleSummary;
using coverage::Share;
using coverage::State;
using coverage::Tally;

// A terminal has few colours: good, middling and bad stand for the mission's three, faint for what
// is not there.
Tone tone_of(State state) {
  switch (state) {
    case State::kValidated: return Tone::kGood;
    case State::kExercised: return Tone::kInformation;
    case State::kPartial:
    case State::kStale:
    case State::kMapped: return Tone::kMiddling;
    case State::kFailing: return Tone::kBad;
    case State::kTelemetry: return Tone::kPlain;
    case State::kBlind:
    case State::kNotApplicable: return Tone::kFaint;
  }
  return Tone::kPlain;
}

// Rounded for reading only; --fail-under compares the unrounded share.
std::string percent(const Share& share) {
  return share.whole == 0 ? "-" : fmt::format("{:.1f} %", 100 * share.ratio());
}

// Of a cell that does not apply there is none, which is not 0.
std::string chance(const coverage::Cell& cell, double value) {
  return cell.state == State::kNotApplicable ? "" : fmt::format("{:.4g}", value);
}

std::string shown_name(const RuleSummary& rule) {
  return escape_for_log(!rule.name.empty() ? rule.name : !rule.id.empty() ? rule.id : rule.path);
}

std::string joined(const std::vector<attack::TechniqueId>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : " ") + id.value;
  return text;
}

// Of the rules that work, how many fired; nothing when detect has not run here.
std::optional<coverage::Share> share_that_fired(const Coverage& coverage) {
  coverage::Share share;
  for (const RuleSummary& rule : coverage.rules) {
    if (!rule.was_run || !rule.faults.empty()) continue;
    ++share.whole;
    share.part += rule.fired > 0 ? 1 : 0;
  }
  return share.whole == 0 ? std::nullopt : std::optional(share);
}

// What is claimed, then what is shown, then what must not be missing.
Table headline_table(const Coverage& coverage) {
  const Tally& cells = coverage.totals.cells;
  const coverage::TechniqueTally& techniques = coverage.totals.techniques;
  const coverage::BaselineTally core = coverage::baseline_of(coverage);
  Table table(
      {{"COVERAGE", Align::kLeft, false}, {"SHARE", Align::kRight, false}, {"WHAT IT COUNTS"}});
  table.add_row({{"on paper", Tone::kStrong},
                 {percent(cells.paper), Tone::kStrong},
                 fmt::format("{} of {} cells that apply have a working rule; {} more may apply",
                             cells.paper.part, cells.paper.whole, cells.unknown)});
  const Share partly{cells.by_state[static_cast<std::size_t>(State::kPartial)],
                     cells.exercised.whole};
  table.add_row({"partly", percent(partly),
                 fmt::format("{} of {} alerted on some of the attacks played: too few for proof",
                             partly.part, partly.whole)});
  table.add_row(
      {"exercised", percent(cells.exercised),
       fmt::format("{} of {} alerted on attacks played in made telemetry, or on real ones",
                   cells.exercised.part, cells.exercised.whole)});
  table.add_row({"validated", percent(cells.validated),
                 fmt::format("{} of {} alerted on real attacks", cells.validated.part,
                             cells.validated.whole)});
  table.add_row(
      {{"baseline", core.exercised.part < core.exercised.whole ? Tone::kBad : Tone::kGood},
       percent(core.exercised),
       fmt::format("{} of {} core cells are proven; {} have a working rule", core.exercised.part,
                   core.exercised.whole, core.mapped.part)});
  if (const auto fired = share_that_fired(coverage)) {
    table.add_row({"fired", percent(*fired),
                   fmt::format("{} of {} rules fired on the logs last given to detect; no proof",
                               fired->part, fired->whole)});
  }
  if (!coverage.native.empty()) {
    const Share claimed{cells.native, cells.yes};
    table.add_row({"native", percent(claimed),
                   fmt::format("{} of {} are claimed by native detectors, {} of them have no "
                               "working rule; in no share",
                               claimed.part, claimed.whole, cells.native_only)});
  }
  table.add_row({"techniques", percent(techniques.paper_any),
                 fmt::format("{} of {} on some provider, {} on all; the matrix has {}",
                             techniques.paper_any.part, techniques.paper_any.whole,
                             techniques.paper_all.part, techniques.matrix)});
  return table;
}

// Rules that work nowhere, with every reason.
Table broken_table(const Coverage& coverage) {
  Table table({{"BROKEN RULE"}, {"WOULD MAP"}, {"WHY IT COUNTS NOTHING"}});
  for (const RuleSummary& rule : coverage.rules) {
    if (rule.faults.empty()) continue;
    table.add_row(
        {{shown_name(rule), Tone::kBad}, joined(rule.techniques), coverage::reasons(rule.faults)});
  }
  return table;
}

// Broken ones stand in the other table already.
Table unmapped_table(const Coverage& coverage) {
  Table table({{"RULE ON NO CELL"}, {"WHY"}});
  for (const RuleSummary& rule : coverage.rules) {
    if (rule.unmapped.empty() || !rule.faults.empty()) continue;
    table.add_row({{shown_name(rule), Tone::kMiddling}, rule.unmapped});
  }
  return table;
}

// The baseline's open cells: the first thing to work on.
Table core_table(const Coverage& coverage) {
  Table table({{"CORE TECHNIQUE WITHOUT A RULE"},
               {"PROVIDER", Align::kLeft, false},
               {"STATE", Align::kLeft, false}});
  for (const coverage::Cell* cell : coverage::baseline_of(coverage).open) {
    const auto* row = coverage.find(cell->technique);
    table.add_row(
        {{fmt::format("{} {}", cell->technique.value, row == nullptr ? "" : row->name), Tone::kBad},
         cell->provider,
         {coverage::to_string(cell->state), tone_of(cell->state)}});
  }
  return table;
}

// Rules that claim and were silent are the news; then those that fired, most often first.
Table fired_table(const Coverage& coverage) {
  Table table({{"RULE RUN ON LOGS"}, {"CLAIMS"}, {"FIRED", Align::kRight, false}});
  std::vector<const RuleSummary*> rules;
  for (const RuleSummary& rule : coverage.rules) {
    if (rule.was_run && rule.faults.empty()) rules.push_back(&rule);
  }
  const auto is_silent = [](const RuleSummary* rule) { return rule->fired == 0; };
  std::ranges::stable_sort(rules, std::ranges::greater{}, &RuleSummary::fired);
  std::ranges::stable_partition(rules, is_silent);
  for (const RuleSummary* rule : rules) {
    table.add_row(
        {shown_name(*rule), joined(rule->techniques),
         is_silent(rule) ? Cell("silent", Tone::kMiddling) : Cell(fmt::format("{}", rule->fired))});
  }
  return table;
}

// What was played, the worst first; a parent's tests are those of its parts and are left to them.
// EXPECTED is C, the share of the known ways that is likely to alert; AT LEAST is L90(C).
Table proof_table(const Coverage& coverage) {
  Table table({{"TESTED TECHNIQUE"},
               {"ON", Align::kLeft, false},
               {"STATE", Align::kLeft, false},
               {"ALERTED", Align::kRight, false},
               {"EXPECTED", Align::kRight, false},
               {"AT LEAST", Align::kRight, false},
               {"BADGES"}});
  std::vector<const coverage::Cell*> cells;
  for (const coverage::Cell& cell : coverage.cells) {
    if (cell.proof.tested > 0 && cell.proof.parts.empty()) cells.push_back(&cell);
  }
  std::ranges::stable_sort(cells, {}, [](const coverage::Cell* cell) {
    return std::pair(coverage::score_of(cell->state), cell->proof.mean);
  });
  for (const coverage::Cell* cell : cells) {
    const auto* row = coverage.find(cell->technique);
    const coverage::Proof& proof = cell->proof;
    table.add_row({fmt::format("{} {}", cell->technique.value, row == nullptr ? "" : row->name),
                   cell->provider,
                   {coverage::to_string(cell->state), tone_of(cell->state)},
                   fmt::format("{} of {}", proof.alerted, proof.tested),
                   fmt::format("{:.2f}", proof.mean),
                   fmt::format("{:.2f}", proof.l90),
                   fmt::format("{}", fmt::join(cell->badges, " "))});
  }
  return table;
}

Table provider_table(const Coverage& coverage) {
  Table table({{"PROVIDER", Align::kLeft, false},
               {"PAPER", Align::kRight, false},
               {"EXERCISED", Align::kRight, false},
               {"VALIDATED", Align::kRight, false},
               {"APPLY", Align::kRight, false},
               {"FAILING", Align::kRight, false},
               {"BLIND", Align::kRight, false},
               {"LOGS THAT ARRIVE"}});
  for (const auto& provider : coverage.providers) {
    const Tally& tally = coverage.totals.by_provider.at(provider.id);
    const auto in = [&](State state) {
      return fmt::format("{}", tally.by_state[static_cast<std::size_t>(state)]);
    };
    table.add_row({{provider.id, Tone::kStrong},
                   percent(tally.paper),
                   percent(tally.exercised),
                   percent(tally.validated),
                   fmt::format("{}", tally.yes),
                   in(State::kFailing),
                   in(State::kBlind),
                   provider.log_sources.empty()
                       ? Cell("none", Tone::kBad)
                       : Cell(fmt::format("{}", fmt::join(provider.log_sources, ", ")))});
  }
  return table;
}

// One glyph a provider, in their order; a blank where the technique does not apply.
std::string glyphs(const Coverage& coverage, const attack::TechniqueId& id) {
  std::string text;
  for (const auto& provider : coverage.providers) {
    const coverage::Cell* cell = coverage.find(id, provider.id);
    text += coverage::appearance_of(cell == nullptr ? State::kNotApplicable : cell->state).glyph;
  }
  return text;
}

// Glyphs first, in one column, so that the eye can run down them; then as `nepho matrix` shows it.
Block::Line line_of(const Coverage& coverage, const Tile& tile, bool stands_under) {
  if (tile.cell == nullptr) {
    return {
        Cell(fmt::format("{:>{}} {} {}", "", coverage.providers.size(), tile.id.value, tile.name),
             Tone::kFaint),
        coverage.providers.size() + 7};
  }
  const std::string id = stands_under ? "  " + tile.id.value.substr(5) : tile.id.value;
  const std::string fired = tile.cell->fired == 0 ? "" : fmt::format(" [{}]", tile.cell->fired);
  return {Cell(fmt::format("{} {} {}{}{}", glyphs(coverage, tile.id), id, tile.name,
                           tile.cell->counts() ? "" : " ?", fired),
               tone_of(tile.cell->state)),
          coverage.providers.size() + 7};
}

// With several providers the weakest gives the line its colour, and the glyphs tell them apart.
std::string matrix_text(const Coverage& coverage, const TextStyle& style) {
  const bool is_one = coverage.providers.size() == 1;
  const Heatmap heatmap = heatmap_of(coverage, is_one ? coverage.providers[0].id : "");
  std::vector<Block> blocks;
  for (const TacticColumn& column : heatmap.columns) {
    Block block{.heading =
                    fmt::format("{} {}/{}", column.name, column.paper.part, column.paper.whole)};
    for (const TechniqueBlock& technique : column.blocks) {
      block.lines.push_back(line_of(coverage, technique.technique, false));
      for (const Tile& sub : technique.subtechniques) {
        block.lines.push_back(line_of(coverage, sub, true));
      }
    }
    blocks.push_back(std::move(block));
  }
  return to_columns(blocks, style);
}

// On one line where it fits; below it the order of the glyphs, where there are several.
std::string legend(const Coverage& coverage, std::size_t width) {
  std::string line;
  for (const State state : coverage::kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    const coverage::Appearance& look = coverage::appearance_of(state);
    line += fmt::format("{} {}   ", look.glyph, coverage::to_string(state));
  }
  line += "? may apply   [n] fired n times";
  std::string text = fmt::format("{}\n", fmt::join(wrap({line}, width), "\n"));
  if (coverage.providers.size() > 1) {
    std::vector<std::string> ids;
    for (const auto& provider : coverage.providers) ids.push_back(provider.id);
    text +=
        fmt::format("Each line has one sign a provider, in this order: {}\n", fmt::join(ids, ", "));
  }
  return text;
}

std::string heading(std::string_view text, const TextStyle& style) {
  return "\n" + in_tone(text, Tone::kStrong, style.has_color) + "\n\n";
}

// The tables of a coverage that have something to say, worst first.
std::vector<Table> news(const Coverage& coverage) {
  std::vector<Table> tables{core_table(coverage),     broken_table(coverage),
                            unmapped_table(coverage), fired_table(coverage),
                            proof_table(coverage),    provider_table(coverage)};
  std::erase_if(tables, [](const Table& table) { return table.rows().empty(); });
  return tables;
}

std::string title(const Coverage& coverage) {
  return fmt::format("Detection coverage of the cloud, ATT&CK {}, {}", coverage.attack_version,
                     coverage.as_of.substr(0, coverage.as_of.find('T')));
}

}  // namespace

std::string coverage_text(const Coverage& coverage, const TextStyle& style) {
  const std::size_t width = style.width == 0 ? 80 : style.width;
  std::string text = in_tone(title(coverage), Tone::kStrong, style.has_color) + "\n\n";
  text += to_text(headline_table(coverage), style);
  for (const Table& table : news(coverage)) text += "\n" + to_text(table, style);
  text += heading("The matrix: by tactic, how many of those that apply are mapped", style);
  text += legend(coverage, width) + "\n";
  text += matrix_text(coverage, style);
  return text;
}

std::string coverage_markdown(const Coverage& coverage) {
  std::string text =
      fmt::format("## {}\n\n{}", title(coverage), to_markdown(headline_table(coverage)));
  for (const Table& table : news(coverage)) text += "\n" + to_markdown(table);
  for (const std::string& assumption : coverage.assumptions) {
    text += fmt::format("\nAssumed: {}.\n", escape_for_log(assumption));
  }
  return text;
}

Table cell_table(const Coverage& coverage) {
  Table table({{"technique"},
               {"name"},
               {"tactics"},
               {"provider"},
               {"applicable"},
               {"state"},
               {"rules", Align::kRight},
               {"broken_rules", Align::kRight},
               {"fired", Align::kRight},
               {"mean", Align::kRight},
               {"l90", Align::kRight},
               {"tested", Align::kRight},
               {"alerted", Align::kRight},
               {"procedures", Align::kRight},
               {"badges"},
               {"rule_ids"}});
  for (const coverage::Cell& cell : coverage.cells) {
    const auto* row = coverage.find(cell.technique);
    std::vector<std::string> tactics;
    if (row != nullptr) {
      for (const auto& id : row->tactics) tactics.push_back(id.value);
    }
    std::vector<std::string> ids;
    for (const auto& use : cell.rules) ids.push_back(coverage.rules[use.rule].id);
    table.add_row(
        {cell.technique.value, row == nullptr ? "" : row->name,
         fmt::format("{}", fmt::join(tactics, " ")), cell.provider,
         attack::to_string(cell.applicability.applies), coverage::to_string(cell.state),
         fmt::format("{}", cell.rules.size()), fmt::format("{}", cell.broken_rules.size()),
         fmt::format("{}", cell.fired), chance(cell, cell.proof.mean), chance(cell, cell.proof.l90),
         fmt::format("{}", cell.proof.tested), fmt::format("{}", cell.proof.alerted),
         fmt::format("{}", cell.proof.num_procedures),
         fmt::format("{}", fmt::join(cell.badges, " ")), fmt::format("{}", fmt::join(ids, " "))});
  }
  return table;
}

}  // namespace nepho::report
