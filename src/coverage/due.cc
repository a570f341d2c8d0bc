// The lists of the cells' proofs stand newest first and say of each piece of evidence whether it
// counts: here nothing is judged again.
#include "coverage/due.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "coverage/explain_proof.h"

namespace nepho::coverage {
namespace {

// Whether evidence of this fate proved something before: the rest never did, or does elsewhere.
bool has_worn(Fate fate) {
  return fate == Fate::kTooOld || fate == Fate::kRuleChanged || fate == Fate::kRuleOff ||
         fate == Fate::kSchemaChanged || fate == Fate::kMappingChanged;
}

// A play of which 29.6 days are left ends in 29 whole days.
std::string end_in_words(double days_left) {
  const auto days = static_cast<int>(std::floor(days_left));
  return fmt::format("ends in {} day{}", days, days == 1 ? "" : "s");
}

// Of one procedure and kind: the evidence that speaks for its latest play. Several rules may have
// alerted in it; while one of them counts, the play does.
using Plays = std::map<std::pair<std::string_view, evidence::Kind>, const EvidenceUse*>;

Plays latest_plays(const std::vector<EvidenceUse>& uses) {
  Plays plays;
  for (const EvidenceUse& use : uses) {
    if (!use.alerted || use.late) continue;
    const EvidenceUse*& speaks = plays.try_emplace({use.procedure, use.kind}, &use).first->second;
    if (use.time != speaks->time || speaks->fate == Fate::kCounts) continue;
    if (use.fate == Fate::kCounts || !has_worn(speaks->fate)) speaks = &use;
  }
  return plays;
}

}  // namespace

std::vector<DuePlay> due_plays(const Coverage& coverage, double notice_days) {
  std::vector<DuePlay> due;
  for (std::size_t cell = 0; cell < coverage.cells.size(); ++cell) {
    for (const auto& [key, use] : latest_plays(coverage.cells[cell].proof.evidence)) {
      const double left = coverage.model.expiry_days - use->age_days;
      const bool counts = use->fate == Fate::kCounts;
      if (counts ? left > notice_days : !has_worn(use->fate)) continue;
      due.push_back({cell, use->procedure, use->kind, !counts, left,
                     counts ? end_in_words(left) : fate_in_words(*use, coverage.model)});
    }
  }
  std::ranges::sort(due, {}, [](const DuePlay& play) {
    return std::tuple(!play.has_ended, play.days_left, play.cell, std::string_view(play.procedure),
                      play.kind);
  });
  return due;
}

}  // namespace nepho::coverage
