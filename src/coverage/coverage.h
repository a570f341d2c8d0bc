// What a team's detections cover: one cell for each technique on each provider, the rules behind
// them, and the sums. The plain result that pages, layers and tables are made from.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/applicability.h"
#include "attack/technique.h"
#include "coverage/gate.h"
#include "coverage/model.h"
#include "coverage/proof.h"
#include "coverage/refit.h"
#include "coverage/state.h"
#include "coverage/through.h"

namespace nepho::coverage {

// A working rule in a cell. The index is of no use without its Coverage.
struct RuleUse {
  std::size_t rule = 0;  // index in Coverage::rules
  Through through = Through::kOwnTag;
  bool operator==(const RuleUse&) const = default;
};

// A rule that names the cell and counts nothing there. `faults` is never empty.
struct BrokenUse {
  std::size_t rule = 0;
  std::vector<Broken> faults;
  Through through = Through::kOwnTag;
  bool operator==(const BrokenUse&) const = default;
};

// A native detector that is on and claims the cell: a claim, which changes neither the state nor
// any percentage. The index is of Coverage::native.
struct NativeUse {
  std::size_t detector = 0;
  std::string grade;  // "minimal", "partial", "significant"
  bool operator==(const NativeUse&) const = default;
};

// A native detector of the workspace: "aws.guardduty".
struct NativeSummary {
  std::string id;
  std::string title;
  std::size_t num_cells = 0;  // that it claims
};

// What is known of one technique on one provider. Cells exist where ATT&CK, an exception or a
// procedure puts the technique; `applicability` says whether it can be carried out there, and why.
//
// Invariants: `rules` and `broken_rules` are in the order of Coverage::rules and share no id; a
// cell that does not apply has neither, and the state kNotApplicable.
struct Cell {
  attack::TechniqueId technique;
  std::string provider;
  attack::Applicability applicability;
  State state = State::kBlind;
  std::uint64_t fired = 0;               // by working rules, each rule once
  std::vector<RuleUse> rules;            // working; each id once
  std::vector<BrokenUse> broken_rules;   // each id once, and none that works too
  std::vector<std::string> badges;       // "one-rule", ...; sorted
  std::vector<std::string> log_sources;  // of the provider that arrive
  std::vector<NativeUse> native;         // in the order of Coverage::native
  std::string accepted;                  // who accepted its risk until when; empty when nobody did
  Proof proof;                           // of a cell that does not apply, nothing

  // Whether it is part of the percentages.
  bool counts() const { return applicability.applies == attack::Applies::kYes; }
  // Whether it is part of those of proof: some log of the provider can show it, as far as is known.
  bool can_be_proven() const { return counts() && proof.observable != evidence::Observable::kNo; }
  // "On paper": a working rule names it, whatever tests said.
  bool is_mapped() const { return !rules.empty(); }
};

// A technique of the matrix: a row.
struct TechniqueRow {
  attack::TechniqueId id;
  std::string name;
  attack::TechniqueId parent;  // empty unless a sub-technique
  std::string parent_name;
  std::vector<attack::TacticId> tactics;  // in the order of the matrix
  bool is_core = false;                   // of the baseline
};

// One of the user's providers: a column.
struct ProviderColumn {
  std::string id;
  std::string name;
  std::vector<std::string> log_sources;  // that the workspace receives
  std::vector<std::string> dark;         // why others, which it should receive, are dark
  double exposure = 1;                   // its weight among the providers: accounts, where known
};

// One technique over the user's providers, of which it is summed up from the cells that apply.
struct AcrossProviders {
  double mean = 0;      // weighted by exposure
  double minimum = 0;   // of the weakest
  std::string weakest;  // a provider's id; the first of equals
};

// A rule as it counts here. `unmapped` says why it touches no cell; empty when it does.
struct RuleSummary {
  std::string id;
  std::string name;
  std::string format;
  std::string path;
  std::string level;  // may be empty
  std::string status;
  std::vector<std::string> providers;
  std::vector<std::string> log_sources;
  std::vector<attack::TechniqueId> techniques;
  std::vector<Broken> faults;  // that hold everywhere
  bool was_run = false;        // by `nepho detect`, on the logs it was last given
  std::uint64_t fired = 0;     // then
  std::size_t num_cells = 0;   // that it works for
  std::string unmapped;
  std::string group;         // copies of one rule share it; empty where there is no copy
  std::string duplicate_of;  // the id or place of the one that stands for it; empty for that one
};

// A part of a whole; the ratio of an empty whole is 0.
struct Share {
  std::size_t part = 0;
  std::size_t whole = 0;
  double ratio() const {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  }
  bool operator==(const Share&) const = default;
};

// Counts over a set of cells; the three shares are over those that apply (`yes`).
struct Tally {
  std::size_t yes = 0;
  std::size_t unknown = 0;
  std::size_t not_applicable = 0;
  std::size_t unknown_mapped = 0;  // of `unknown`, those with a working rule
  Share paper;
  Share exercised;  // over those that can be proven, as is `validated`
  Share validated;
  std::size_t unobservable = 0;                    // no log shows them: in no share of proof
  std::size_t native = 0;                          // claimed by a native detector
  std::size_t native_only = 0;                     // ... and by no working rule
  std::size_t broken = 0;                          // cells with a broken rule and no working one
  std::array<std::size_t, kNumStates> by_state{};  // of the `yes`
  bool operator==(const Tally&) const = default;
};

// Techniques rather than cells: over those that apply to at least one of the user's providers.
// "any": on at least one of the user's providers; "all": on every one that it applies to.
struct TechniqueTally {
  std::size_t matrix = 0;  // 152, or 170 with containers
  Share paper_any, paper_all;
  Share exercised_any, exercised_all;
  Share validated_any, validated_all;
  bool operator==(const TechniqueTally&) const = default;
};

struct Totals {
  Tally cells;
  TechniqueTally techniques;
  std::map<std::string, Tally> by_provider;
  std::map<std::string, Tally> by_tactic;  // by id; a cell counts in each of its tactics
  bool operator==(const Totals&) const = default;
};

// A plain value without references into what it was made from: keep it, copy it, write it. Texts of
// rules and catalogues are as their authors wrote them; who shows them escapes them.
struct Coverage {
  std::string attack_version;
  std::string as_of;  // "2026-11-24T07:45:00Z"
  std::vector<attack::Tactic> tactics;
  std::vector<TechniqueRow> techniques;   // by id: subs behind their parent
  std::vector<ProviderColumn> providers;  // in the order of knowledge/providers.yml
  std::vector<Cell> cells;                // by technique, then in the providers' order
  std::vector<RuleSummary> rules;         // by id, then path
  std::vector<NativeSummary> native;      // detectors that are on, by id
  std::vector<std::string> assumptions;   // what was taken for granted, a sentence each
  Model model;                            // the numbers that were used
  FittedPriors priors;                    // and those of a refit, which stand before them
  Totals totals;

  // nullptr when the technique has no cell there: ATT&CK does not put it on the provider at all.
  // O(log cells). Pointers hold while the Coverage is neither changed nor moved from.
  const Cell* find(const attack::TechniqueId& technique, std::string_view provider) const;
  const TechniqueRow* find(const attack::TechniqueId& technique) const;
  const ProviderColumn* find_provider(std::string_view id) const;
  // The cells of a technique, in the providers' order. O(log cells + its cells).
  std::vector<const Cell*> cells_of(const attack::TechniqueId& technique) const;
  // Nothing where it applies to none of the providers.
  std::optional<AcrossProviders> across(const attack::TechniqueId& technique) const;
  // The weakest of them that apply, else of those not known to; nullptr when it applies nowhere.
  const Cell* weakest(const attack::TechniqueId& technique) const;
};

}  // namespace nepho::coverage
