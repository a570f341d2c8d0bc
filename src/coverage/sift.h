// Which evidence of a cell counts, and why the rest does not.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/gate.h"
#include "coverage/model.h"
#include "coverage/proof.h"
#include "coverage/refit.h"
#include "coverage/through.h"
#include "evidence/evidence.h"
#include "evidence/procedure.h"
#include "inventory/detection.h"

namespace nepho::coverage {

// A rule that is mapped to the cell. A broken one has evidence too: its misses stay.
struct RuleInCell {
  std::size_t rule = 0;  // index in Coverage::rules
  Through through = Through::kOwnTag;
  const inventory::Detection* detection = nullptr;
  bool works = false;
};

// A play that belongs to the cell, with what its record alone cannot say.
struct Play {
  const evidence::Evidence* evidence = nullptr;
  bool is_mapped = true;  // its procedure is still one of the technique it was played for
  // The schema hash that a play of today would have; empty where that is not known.
  std::string schema_hash;
};

// All that a cell's proof is made from. Everything referred to outlives the call.
struct CellInputs {
  const Model& model;
  const FittedPriors& priors;
  std::chrono::sys_time<std::chrono::nanoseconds> as_of;
  const LogSourceUses& log_sources;
  const std::map<std::string, int, std::less<>>& robustness;  // levels by Detection::hash
  const std::set<std::string, std::less<>>& rule_ids;         // of all rules there are
  std::span<const RuleInCell> rules;
  std::span<const evidence::Procedure* const> procedures;  // of the catalogue, by id
  std::vector<Play> plays;
};

// One rule in one play, sorted out.
struct SiftedTrial {
  enum class Result : std::uint8_t {
    kPass,       // a mapped, working, unchanged rule alerted in time
    kLost,       // a mapped rule did, which has changed, is gone, or counts nothing now
    kMiss,       // a mapped, unchanged rule did not, or late
    kForgotten,  // a miss of a rule that has changed
    kElsewhere,  // not mapped to the cell
  };
  const evidence::Trial* trial = nullptr;
  const RuleInCell* rule = nullptr;  // nullptr: elsewhere, gone, or opaque
  Result result = Result::kElsewhere;
  Fate fate = Fate::kCounts;
};

struct SiftedPlay {
  const evidence::Evidence* evidence = nullptr;
  double age_days = 0;
  double weight = 0;  // 0 unless `fate` is kCounts
  Fate fate = Fate::kCounts;
  std::vector<SiftedTrial> trials;

  bool counts() const { return fate == Fate::kCounts; }
  bool has(SiftedTrial::Result result) const;
  // Something of it does not hold any more: it says nothing about sources it does not name.
  bool is_worn() const {
    return has(SiftedTrial::Result::kLost) || has(SiftedTrial::Result::kForgotten);
  }
};

// The plays up to `as_of`, oldest first; of the same moment those without a pass come last, so that
// "the last one counts" never depends on the order of the input. Repeated plays stand once.
std::vector<SiftedPlay> sift(const CellInputs& inputs);

}  // namespace nepho::coverage
