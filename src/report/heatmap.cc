#include "report/heatmap.h"

#include <fmt/format.h>

#include <algorithm>

#include "coverage/appearance.h"

namespace nepho::report {
namespace {

using coverage::Cell;
using coverage::Coverage;
using coverage::TechniqueRow;

// The cell that stands for the technique on this map, or nullptr when it is not drawn.
const Cell* drawn_cell(const Coverage& coverage, const TechniqueRow& row,
                       std::string_view provider) {
  const Cell* cell = provider.empty() ? coverage.weakest(row.id) : coverage.find(row.id, provider);
  if (cell == nullptr || cell->state == coverage::State::kNotApplicable) return nullptr;
  return cell;
}

bool is_in(const TechniqueRow& row, const attack::TacticId& tactic) {
  return std::ranges::find(row.tactics, tactic) != row.tactics.end();
}

// Rows come by id, so a parent mostly stands there before its subs; one outside the matrix is made
// by its first sub.
TechniqueBlock& block_of(TacticColumn& column, const attack::TechniqueId& id,
                         const std::string& name) {
  const auto found = std::ranges::find(
      column.blocks, id, [](const TechniqueBlock& block) { return block.technique.id; });
  if (found != column.blocks.end()) return *found;
  column.blocks.push_back({.technique = {id, name}});
  return column.blocks.back();
}

// The share counts tiles of this column: a technique of two tactics counts in both, and only the
// totals count it once.
TacticColumn column_of(const Coverage& coverage, const attack::Tactic& tactic,
                       std::string_view provider) {
  TacticColumn column{.id = tactic.id.value, .name = tactic.name};
  for (const TechniqueRow& row : coverage.techniques) {
    if (!is_in(row, tactic.id)) continue;
    const Cell* cell = drawn_cell(coverage, row, provider);
    if (cell == nullptr) continue;
    if (row.parent.empty()) {
      block_of(column, row.id, row.name).technique.cell = cell;
    } else {
      block_of(column, row.parent, row.parent_name)
          .subtechniques.push_back({row.id, row.name, cell});
    }
    if (!cell->counts()) continue;
    ++column.paper.whole;
    column.paper.part += cell->is_mapped() ? 1 : 0;
  }
  std::ranges::sort(column.blocks, {},
                    [](const TechniqueBlock& block) { return block.technique.name; });
  return column;
}

// "1 rule", "2 rules".
std::string plural(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

Heatmap heatmap_of(const Coverage& coverage, std::string_view provider) {
  Heatmap heatmap{.provider = std::string(provider)};
  const coverage::ProviderColumn* column = coverage.find_provider(provider);
  heatmap.title = column != nullptr ? column->name : "All providers, the weakest each";
  for (const attack::Tactic& tactic : coverage.tactics) {
    TacticColumn made = column_of(coverage, tactic, provider);
    if (!made.blocks.empty()) heatmap.columns.push_back(std::move(made));
  }
  for (const TechniqueRow& row : coverage.techniques) {
    if (drawn_cell(coverage, row, provider) == nullptr) ++heatmap.num_not_applicable;
  }
  return heatmap;
}

// Read aloud by screen readers, so in the order of interest: what, where, state, then numbers.
std::string tile_in_words(const Coverage& coverage, const Tile& tile) {
  std::string text = fmt::format("{} {}", tile.id.value, tile.name);
  if (tile.cell == nullptr) return text + ": not a technique of the cloud itself";
  const Cell& cell = *tile.cell;
  const coverage::ProviderColumn* provider = coverage.find_provider(cell.provider);
  text += fmt::format(", {}: {}", provider == nullptr ? cell.provider : provider->name,
                      coverage::appearance_of(cell.state).label);
  if (!cell.counts()) text += ", not known to apply";
  if (!cell.rules.empty()) text += ", " + plural(cell.rules.size(), "rule", "rules");
  if (!cell.broken_rules.empty()) {
    text += ", " + plural(cell.broken_rules.size(), "broken rule", "broken rules");
  }
  if (cell.proof.tested > 0) {
    text += fmt::format(", alerted in {} of {}", cell.proof.alerted,
                        plural(cell.proof.tested, "test", "tests"));
  }
  if (cell.fired > 0) text += ", fired " + plural(cell.fired, "time", "times");
  return text;
}

}  // namespace nepho::report
