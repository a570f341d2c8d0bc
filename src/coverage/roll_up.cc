#include "coverage/roll_up.h"

#include "coverage/decide.h"
#include "coverage/prove.h"

namespace nepho::coverage {
namespace {

using attack::Applies;

// Indices of the parent's sub-techniques on its provider. Cells are sorted by technique, so they
// follow the parent's.
std::vector<std::size_t> parts_of(const Coverage& coverage, std::size_t parent) {
  const Cell& cell = coverage.cells[parent];
  std::vector<std::size_t> known;
  std::vector<std::size_t> unknown;
  const std::string prefix = cell.technique.value + '.';
  for (std::size_t i = parent + 1; i < coverage.cells.size(); ++i) {
    const Cell& part = coverage.cells[i];
    if (part.technique != cell.technique && !part.technique.value.starts_with(prefix)) break;
    if (part.technique == cell.technique || part.provider != cell.provider) continue;
    if (part.applicability.applies == Applies::kYes) known.push_back(i);
    if (part.applicability.applies == Applies::kUnknown) unknown.push_back(i);
  }
  return known.empty() ? unknown : known;
}

void add_part(Proof& sum, const Proof& part) {
  sum.mean += part.mean;
  sum.l90 += part.l90;
  sum.mean_next += part.mean_next;
  sum.num_procedures += part.num_procedures;
  sum.tested += part.tested;
  sum.alerted += part.alerted;
  sum.was_alerted |= part.was_alerted;
  sum.is_real |= part.is_real;
  sum.is_noisy |= part.is_noisy;
  sum.is_late |= part.is_late;
  sum.is_elsewhere |= part.is_elsewhere;
  if (part.observable) add_observable(*part.observable, sum.observable);
}

// The lists stay the parent's own: what its parts hold is theirs to tell.
void join_parts(Coverage& coverage, std::size_t index, std::vector<std::size_t> parts,
                const Model& model) {
  Cell& cell = coverage.cells[index];
  const Proof own = cell.proof;
  std::vector<State> states;
  Proof sum;
  sum.has_own_part = own.num_procedures > 0;
  sum.own_mean = own.mean;
  if (sum.has_own_part) {
    add_part(sum, own);
    states.push_back(decide(cell, model));
  }
  for (const std::size_t part : parts) {
    add_part(sum, coverage.cells[part].proof);
    states.push_back(coverage.cells[part].state);
  }
  // Divided once, so that the mean of ones is one to the last bit.
  const auto num_parts = static_cast<double>(states.size());
  sum.mean /= num_parts;
  sum.l90 /= num_parts;
  sum.mean_next /= num_parts;
  sum.procedures = own.procedures;
  sum.unknown_way = own.unknown_way;
  sum.rules = own.rules;
  sum.evidence = own.evidence;
  sum.num_superseded = own.num_superseded;
  sum.parts = std::move(parts);
  cell.proof = std::move(sum);
  cell.state = decide_parent(cell, states);
}

}  // namespace

// From the end, so that sub-techniques have their states before their parents ask for them.
void roll_up(Coverage& coverage, const Model& model) {
  for (std::size_t i = coverage.cells.size(); i-- > 0;) {
    Cell& cell = coverage.cells[i];
    cell.state = decide(cell, model);
    if (cell.applicability.applies == Applies::kNo) continue;
    if (attack::is_subtechnique(cell.technique)) continue;
    auto parts = parts_of(coverage, i);
    if (!parts.empty()) join_parts(coverage, i, std::move(parts), model);
  }
}

}  // namespace nepho::coverage
