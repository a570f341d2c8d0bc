// One walk over the cells, each counted in the whole, its provider and its tactics; then one over
// the techniques. No sum is kept elsewhere and none is updated: a changed coverage is summed up
// anew.
#include "coverage/totals.h"

#include <algorithm>

namespace nepho::coverage {
namespace {

// Validated is more than exercised, so it counts as that too.
bool is_exercised(const Cell& cell) {
  return cell.state == State::kExercised || cell.state == State::kValidated;
}

bool is_validated(const Cell& cell) { return cell.state == State::kValidated; }

// Every cell goes into exactly one of yes, unknown and not applicable.
void count(const Cell& cell, Tally& tally) {
  switch (cell.applicability.applies) {
    case attack::Applies::kNo: ++tally.not_applicable; return;
    case attack::Applies::kUnknown:
      ++tally.unknown;
      tally.unknown_mapped += cell.is_mapped() ? 1 : 0;
      return;
    case attack::Applies::kYes: break;
  }
  ++tally.yes;
  ++tally.by_state[static_cast<std::size_t>(cell.state)];
  tally.paper.part += cell.is_mapped() ? 1 : 0;
  if (cell.can_be_proven()) {
    tally.exercised.part += is_exercised(cell) ? 1 : 0;
    tally.validated.part += is_validated(cell) ? 1 : 0;
  } else {
    ++tally.unobservable;
  }
  tally.native += cell.native.empty() ? 0 : 1;
  tally.native_only += !cell.native.empty() && !cell.is_mapped() ? 1 : 0;
  tally.broken += !cell.is_mapped() && !cell.broken_rules.empty() ? 1 : 0;
}

// The wholes are known only at the end. What no log shows is outside the shares of proof alone.
void close(Tally& tally) {
  tally.paper.whole = tally.yes;
  tally.exercised.whole = tally.validated.whole = tally.yes - tally.unobservable;
}

// Counts a technique on any and on all of the providers it applies to.
template <typename Predicate>
void count(const std::vector<const Cell*>& cells, Predicate holds, Share& any, Share& all) {
  ++any.whole;
  ++all.whole;
  any.part += std::ranges::any_of(cells, holds) ? 1 : 0;
  all.part += std::ranges::all_of(cells, holds) ? 1 : 0;
}

// A technique that applies to none of the user's providers is in the matrix and in no share.
TechniqueTally technique_tally(const Coverage& coverage) {
  TechniqueTally tally{.matrix = coverage.techniques.size()};
  for (const TechniqueRow& row : coverage.techniques) {
    std::vector<const Cell*> cells = coverage.cells_of(row.id);
    std::erase_if(cells, [](const Cell* cell) { return !cell->counts(); });
    if (cells.empty()) continue;
    count(
        cells, [](const Cell* cell) { return cell->is_mapped(); }, tally.paper_any,
        tally.paper_all);
    std::erase_if(cells, [](const Cell* cell) { return !cell->can_be_proven(); });
    if (cells.empty()) continue;
    count(
        cells, [](const Cell* cell) { return is_exercised(*cell); }, tally.exercised_any,
        tally.exercised_all);
    count(
        cells, [](const Cell* cell) { return is_validated(*cell); }, tally.validated_any,
        tally.validated_all);
  }
  return tally;
}

}  // namespace

Totals totals_of(const Coverage& coverage) {
  Totals totals;
  // Each is there from the start, so that a provider without a cell shows as zero and not as
  // missing.
  for (const ProviderColumn& provider : coverage.providers) totals.by_provider[provider.id];
  for (const Cell& cell : coverage.cells) {
    count(cell, totals.cells);
    count(cell, totals.by_provider[cell.provider]);
    const TechniqueRow* row = coverage.find(cell.technique);
    // A cell without a row has no tactics; only a coverage made by hand has one.
    if (row == nullptr) continue;
    for (const attack::TacticId& tactic : row->tactics) {
      count(cell, totals.by_tactic[tactic.value]);
    }
  }
  close(totals.cells);
  for (auto& [id, tally] : totals.by_provider) close(tally);
  for (auto& [id, tally] : totals.by_tactic) close(tally);
  totals.techniques = technique_tally(coverage);
  return totals;
}

const Share* share_named(const Tally& tally, std::string_view name) {
  if (name == "paper") return &tally.paper;
  if (name == "exercised") return &tally.exercised;
  if (name == "validated") return &tally.validated;
  return nullptr;
}

}  // namespace nepho::coverage
