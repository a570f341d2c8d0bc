// What exercises have proven of a cell, and every number on the way there: the plain result that
// states are decided from and `nepho explain` retells.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/beta.h"
#include "evidence/evidence.h"
#include "evidence/procedure.h"

namespace nepho::coverage {

// Why a piece of evidence counts, or what took its weight.
enum class Fate : std::uint8_t {
  kCounts,
  kSuperseded,       // a later play of the same procedure and kind stands in its place
  kTooOld,           // expired by time
  kRuleChanged,      // expired by cause: the rule's tests are others now, or it is gone
  kRuleOff,          // an alert of a rule that counts nothing now
  kSchemaChanged,    // expired by cause: the log source's records look different now
  kMappingChanged,   // expired by cause: the procedure belongs to another technique now
  kMappedElsewhere,  // a rule that is not mapped to this technique
  kNoTest,           // blocked, or the play failed
  kNoWeight,         // of a kind that counts nothing, as a tabletop
};
// "counts", "superseded", "too-old", ...: stable, part of the JSON form.
std::string_view to_string(Fate fate);

// One rule's part in one play, or (without a rule) a play in which none was tried.
struct EvidenceUse {
  std::string procedure;
  std::string rule;  // its id; may be empty
  evidence::Kind kind = evidence::Kind::kSynthetic;
  evidence::Outcome outcome = evidence::Outcome::kNone;
  std::chrono::sys_time<std::chrono::nanoseconds> time{};
  bool alerted = false;
  bool late = false;
  bool also_benign = false;
  std::string notes;  // of a tabletop: what was said; may be empty
  double age_days = 0;
  double weight = 0;  // 0 unless it counts
  Fate fate = Fate::kCounts;
};

// What is thought of a working rule in this cell. prior = base x robustness x specificity;
// `posterior` adds the weights of the trials that count to it.
struct RuleProof {
  std::size_t rule = 0;  // index in Coverage::rules
  double base = 0;
  int level = 0;  // of robustness, 1..5
  double robustness = 0;
  double specificity = 0;
  double prior = 0;
  double trials = 0;                  // that the prior is worth
  std::optional<std::size_t> fitted;  // the group of Coverage::priors that the base is from
  double passed = 0;                  // weight of the trials in which it alerted in time
  double missed = 0;                  // and of those in which it did not
  Beta posterior;
  double l90 = 0;  // at most posterior.mean()

  double mean() const { return posterior.mean(); }
};

enum class Shown : std::uint8_t {
  kAlerted,   // a mapped rule alerted in time when it was last played
  kSilent,    // it was played and none did
  kUntested,  // nothing fresh says
};

// One log source in one procedure. `rule` is the best of the rules there, which an untested one is
// judged by; an index in Proof::rules.
struct SourceProof {
  std::string log_source;  // empty for a detector whose logs are not known
  double share = 0;        // of the accounts it covers
  Shown shown = Shown::kUntested;
  std::optional<std::size_t> rule;
  double mean = 0;  // that an alert comes from here: 1, 0 or the rule's chance
  double l90 = 0;
};

// One way of carrying out the technique. mean = 1 - product over sources of (1 - share x mean).
struct ProcedureProof {
  std::string id;
  std::string name;
  bool is_observable = true;
  Shown shown = Shown::kUntested;
  bool is_real = false;  // alerted, and on a real attack's logs
  double mean = 0;
  double l90 = 0;
  std::vector<SourceProof> sources;  // by id
};

// Of one cell. `tested` and `alerted` count procedures; of a parent all numbers are over its parts,
// and the lists are of its own procedures alone.
//
// Invariants: 0 <= l90 <= mean <= 1; alerted <= tested <= num_procedures.
struct Proof {
  double mean = 0;       // C
  double l90 = 0;        // the same with each untested rule at its lower bound
  double mean_next = 0;  // C with one way more, that nobody knows yet
  std::size_t num_procedures = 0;
  std::size_t tested = 0;
  std::size_t alerted = 0;
  bool was_alerted = false;   // a pass there was, whenever
  bool is_real = false;       // an alert that counts was on a real attack
  bool is_noisy = false;      // by a rule that fires on the benign look-alike too
  bool is_late = false;       // a mapped rule alerted past the agreed time
  bool is_elsewhere = false;  // only a rule that is mapped elsewhere alerted on some procedure
  // Whether logs can show its procedures; nothing where none is known. Mixed is partly.
  std::optional<evidence::Observable> observable;

  std::vector<ProcedureProof> procedures;  // by id
  ProcedureProof unknown_way;
  std::vector<RuleProof> rules;       // working ones, in the order of Coverage::rules
  std::vector<EvidenceUse> evidence;  // newest first; superseded plays are only counted
  std::size_t num_superseded = 0;
  // Of a parent: the indices in Coverage::cells of the sub-techniques that are its parts.
  std::vector<std::size_t> parts;
  bool has_own_part = false;  // its own procedures are one of the parts
  double own_mean = 0;        // then: C of that part alone
};

}  // namespace nepho::coverage
