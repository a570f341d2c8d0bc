#include "coverage/decide.h"

#include <algorithm>
#include <cmath>

namespace nepho::coverage {
namespace {

// What remains when nothing fresh alerted and nothing fresh failed. A pass of rules that are all
// broken by now is not stale: nothing is left that could alert.
State decide_untested(const Cell& cell) {
  if (cell.is_mapped()) return cell.proof.was_alerted ? State::kStale : State::kMapped;
  return cell.log_sources.empty() ? State::kBlind : State::kTelemetry;
}

}  // namespace

std::size_t tests_needed(std::size_t num_procedures, const Model& model) {
  const auto half =
      static_cast<std::size_t>(std::ceil(model.min_share * static_cast<double>(num_procedures)));
  return std::max(std::min(static_cast<std::size_t>(model.min_tested), num_procedures), half);
}

State decide(const Cell& cell, const Model& model) {
  const Proof& proof = cell.proof;
  if (cell.applicability.applies == attack::Applies::kNo) return State::kNotApplicable;
  if (proof.tested > 0 && proof.alerted == 0) return State::kFailing;
  const bool all_alerted = proof.tested > 0 && proof.alerted == proof.tested;
  if (all_alerted && !proof.is_noisy && proof.tested >= tests_needed(proof.num_procedures, model)) {
    return proof.is_real ? State::kValidated : State::kExercised;
  }
  return proof.alerted > 0 ? State::kPartial : decide_untested(cell);
}

State decide_parent(const Cell& cell, std::span<const State> parts) {
  const auto all = [&](auto holds) { return !parts.empty() && std::ranges::all_of(parts, holds); };
  if (cell.applicability.applies == attack::Applies::kNo) return State::kNotApplicable;
  if (all([](State state) { return state == State::kValidated; })) return State::kValidated;
  if (all([](State state) { return state == State::kValidated || state == State::kExercised; })) {
    return State::kExercised;
  }
  const Proof& proof = cell.proof;
  if (proof.tested > 0 && proof.alerted == 0) return State::kFailing;
  return proof.alerted > 0 ? State::kPartial : decide_untested(cell);
}

}  // namespace nepho::coverage
