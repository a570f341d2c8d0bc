// The lists of the cells' proofs stand newest first and say of each piece of evidence whether it
// counts: here nothing is judged again.
#include "coverage/due.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
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

class Collector {
 public:
  Collector(const Coverage& coverage, double notice_days)
      : coverage_(coverage), notice_days_(notice_days) {}

  void take(std::size_t cell) {
    // A procedure and kind is settled by its latest play, in which several rules may have alerted:
    // while one of them counts, the play does.
    const auto& uses = coverage_.cells[cell].proof.evidence;
    std::set<std::pair<std::string_view, evidence::Kind>> settled;
    for (const EvidenceUse& use : uses) {
      if (!use.alerted || use.late || !settled.insert({use.procedure, use.kind}).second) continue;
      take_latest(cell, uses, use);
    }
  }

  std::vector<DuePlay> finish() && {
    std::ranges::sort(due_, {}, [](const DuePlay& play) {
      return std::tie(play.days_left, play.cell, play.procedure, play.kind);
    });
    return std::move(due_);
  }

 private:
  void take_latest(std::size_t cell, const std::vector<EvidenceUse>& uses,
                   const EvidenceUse& first) {
    const EvidenceUse* worn = nullptr;
    for (const EvidenceUse& use : uses) {
      const bool is_of_play = use.procedure == first.procedure && use.kind == first.kind &&
                              use.time == first.time && use.alerted && !use.late;
      if (!is_of_play) continue;
      if (use.fate == Fate::kCounts) return take_fresh(cell, use);
      if (worn == nullptr && has_worn(use.fate)) worn = &use;
    }
    if (worn == nullptr) return;
    due_.push_back({cell, worn->procedure, worn->kind,
                    std::min(coverage_.model.expiry_days - worn->age_days, -1.0),
                    fate_in_words(*worn, coverage_.model)});
  }

  void take_fresh(std::size_t cell, const EvidenceUse& use) {
    const double left = coverage_.model.expiry_days - use.age_days;
    if (left > notice_days_) return;
    due_.push_back({cell, use.procedure, use.kind, left,
                    fmt::format("ends in {:.0f} days", std::floor(left))});
  }

  const Coverage& coverage_;
  const double notice_days_;
  std::vector<DuePlay> due_;
};

}  // namespace

std::vector<DuePlay> due_plays(const Coverage& coverage, double notice_days) {
  Collector collector(coverage, notice_days);
  for (std::size_t cell = 0; cell < coverage.cells.size(); ++cell) collector.take(cell);
  return std::move(collector).finish();
}

}  // namespace nepho::coverage
