// Looking up in a finished coverage. Everything rests on one invariant, that techniques and cells
// are sorted by id: a Coverage made by hand (a test) must keep it.
#include "coverage/coverage.h"

#include <algorithm>

namespace nepho::coverage {
namespace {

// Weaker first; a cell that does not apply never gets here.
bool is_weaker(const Cell* a, const Cell* b) { return score_of(a->state) < score_of(b->state); }

}  // namespace

// The cells are sorted by technique (assess.cc), so all of these look up by halving.
std::vector<const Cell*> Coverage::cells_of(const attack::TechniqueId& technique) const {
  const auto found = std::ranges::equal_range(cells, technique, {}, &Cell::technique);
  std::vector<const Cell*> out;
  for (const Cell& cell : found) out.push_back(&cell);
  return out;
}

const Cell* Coverage::find(const attack::TechniqueId& technique, std::string_view provider) const {
  for (const Cell& cell : std::ranges::equal_range(cells, technique, {}, &Cell::technique)) {
    if (cell.provider == provider) return &cell;
  }
  return nullptr;
}

const TechniqueRow* Coverage::find(const attack::TechniqueId& technique) const {
  const auto found = std::ranges::lower_bound(techniques, technique, {}, &TechniqueRow::id);
  return found != techniques.end() && found->id == technique ? &*found : nullptr;
}

// Not sorted: providers stand in the order of the knowledge. Ten at most, so a walk.
const ProviderColumn* Coverage::find_provider(std::string_view id) const {
  const auto found = std::ranges::find(providers, id, &ProviderColumn::id);
  return found != providers.end() ? &*found : nullptr;
}

std::optional<AcrossProviders> Coverage::across(const attack::TechniqueId& technique) const {
  AcrossProviders across;
  double exposures = 0;
  for (const Cell* cell : cells_of(technique)) {
    if (!cell->counts()) continue;
    const ProviderColumn* provider = find_provider(cell->provider);
    const double exposure = provider == nullptr ? 1 : provider->exposure;
    if (across.weakest.empty() || cell->proof.mean < across.minimum) {
      across.minimum = cell->proof.mean;
      across.weakest = cell->provider;
    }
    across.mean += exposure * cell->proof.mean;
    exposures += exposure;
  }
  if (across.weakest.empty()) return std::nullopt;
  across.mean = exposures > 0 ? across.mean / exposures : across.minimum;
  return across;
}

// One provider that is known to apply and blind says more than another that may not apply at all.
const Cell* Coverage::weakest(const attack::TechniqueId& technique) const {
  std::vector<const Cell*> known;
  std::vector<const Cell*> unknown;
  for (const Cell* cell : cells_of(technique)) {
    if (cell->applicability.applies == attack::Applies::kYes) known.push_back(cell);
    if (cell->applicability.applies == attack::Applies::kUnknown) unknown.push_back(cell);
  }
  const auto& candidates = known.empty() ? unknown : known;
  if (candidates.empty()) return nullptr;
  // The first of equals, so that the answer does not depend on how many are equal.
  return *std::ranges::min_element(candidates, is_weaker);
}

}  // namespace nepho::coverage
