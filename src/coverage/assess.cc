// Four passes: lay out rows and cells from ATT&CK; let every rule touch the cells its tags mean;
// let evidence prove each cell (prove.h); give each its state, and parents that of their parts
// (roll_up.h). Rules are sorted first and ids are taken once, so that neither order
// nor repetition of the input can show in a cell.
#include "coverage/assess.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "attack/technique_pattern.h"
#include "base/printable.h"
#include "coverage/evidence_index.h"
#include "coverage/prove.h"
#include "coverage/roll_up.h"
#include "coverage/totals.h"

namespace nepho::coverage {
namespace {

using attack::Applies;
using attack::TechniqueId;

// The key takes in everything that a cell may depend on, so that detections which differ in nothing
// but order come out the same; ids first, since that is how the result lists rules. Problems have
// no order of their own and are left out: two copies of a rule that differ in these alone are both
// broken or both not.
std::vector<inventory::Detection> sorted(std::vector<inventory::Detection> detections) {
  const auto key = [](const inventory::Detection& d) {
    return std::tie(d.id, d.path, d.name, d.techniques, d.providers, d.log_sources, d.status,
                    d.enabled, d.runnable, d.format, d.level, d.hash);
  };
  std::ranges::sort(detections, {}, key);
  return detections;
}

// Copies are one rule (inventory/duplicates.h); one without an id is told apart by its file.
std::string identity(const RuleSummary& rule) {
  if (!rule.group.empty()) return rule.group;
  return rule.id.empty() ? rule.path + '\n' + rule.name : rule.id;
}

// One call of assess(). Sizes are those of ATT&CK and of a team: some hundred techniques, ten
// providers, some thousand rules; so maps and sets are fine, and nothing here is measured in
// events.
class Assessment {
 public:
  // The texts of the head are taken over as they are; `as_of` is the caller's, since only a clock
  // knows it.
  explicit Assessment(const Inputs& inputs)
      : inputs_(inputs), detections_(sorted(inputs.detections)), evidence_(inputs) {
    coverage_.attack_version = inputs.catalogue.version();
    coverage_.as_of = inputs.as_of;
    coverage_.assumptions = inputs.assumptions;
    coverage_.model = inputs.model;
    coverage_.priors = inputs.priors;
    coverage_.tactics.assign(inputs.catalogue.tactics().begin(), inputs.catalogue.tactics().end());
  }

  // Passes in this order, since each needs what the one before laid out. The totals come last and
  // from the cells alone: they can be taken again by anybody (totals_of).
  Coverage run() && {
    lay_out_providers();
    lay_out_rows();
    lay_out_cells();
    for (std::size_t i = 0; i < detections_.size(); ++i) {
      if (!detections_[i].is_silent) place_rule(i);
      rule_ids_.insert(detections_[i].id);
    }
    place_native();
    for (std::size_t i = 0; i < coverage_.cells.size(); ++i) {
      take_working(coverage_.cells[i], touched_[i]);
      take_broken(coverage_.cells[i], touched_[i]);
      prove_cell(coverage_.cells[i]);
    }
    roll_up(coverage_, inputs_.model);
    for (Cell& cell : coverage_.cells) add_badges(cell);
    coverage_.totals = totals_of(coverage_);
    return std::move(coverage_);
  }

 private:
  // A rule that names a cell, and what keeps it from counting there.
  struct Touch {
    RuleUse use;
    // Empty: it works there.
    std::vector<Broken> faults;
  };

  // Columns keep the order in which the caller names providers; cells and glyphs follow it.
  void lay_out_providers() {
    for (const attack::Provider* provider : inputs_.providers) {
      ProviderColumn column{provider->id, provider->name, {}};
      const auto exposure = inputs_.exposure.find(provider->id);
      if (exposure != inputs_.exposure.end()) column.exposure = exposure->second;
      for (const auto& [id, use] : inputs_.log_sources) {
        if (use.provider != provider->id || !use.enabled) continue;
        if (use.arrives()) {
          column.log_sources.push_back(id);
        } else {
          column.dark.push_back(use.dark);
        }
      }
      coverage_.providers.push_back(std::move(column));
    }
  }

  // Every technique of the matrix is a row, also one that has no cell on the user's providers: the
  // totals name 152 or 170, and a layer must hold them all.
  void lay_out_rows() {
    for (const attack::Technique* technique :
         inputs_.catalogue.cloud_techniques(scope_of(inputs_.providers))) {
      TechniqueRow row{technique->id, technique->name, technique->parent, {}, technique->tactics};
      if (const auto* parent = inputs_.catalogue.find(technique->parent)) {
        row.parent_name = parent->name;
      }
      // A core of T1078 does not mean its sub-techniques: technique_pattern.h.
      row.is_core = std::ranges::any_of(inputs_.core, [&](const std::string& pattern) {
        return attack::matches_pattern(pattern, technique->id);
      });
      coverage_.techniques.push_back(std::move(row));
    }
    std::ranges::sort(coverage_.techniques, {}, &TechniqueRow::id);
  }

  // Grouped by technique first, so that the cells of one stand together (Coverage::cells_of).
  void lay_out_cells() {
    const attack::Scope scope = scope_of(inputs_.providers);
    std::map<TechniqueId, std::vector<Cell>> by_technique;
    for (std::size_t i = 0; i < inputs_.providers.size(); ++i) {
      const attack::Provider& provider = *inputs_.providers[i];
      for (const auto* technique : inputs_.applicability.techniques_on(provider, scope)) {
        // An exception may put a technique on a provider that the matrix of this scope does not
        // hold.
        if (coverage_.find(technique->id) == nullptr) continue;
        Cell cell{.technique = technique->id, .provider = provider.id};
        cell.applicability = inputs_.applicability.of(*technique, provider);
        // All logs of the provider, whatever of them the technique shows in.
        cell.log_sources = coverage_.providers[i].log_sources;
        cell.accepted = acceptance_of(cell);
        by_technique[technique->id].push_back(std::move(cell));
      }
    }
    for (auto& [id, cells] : by_technique) {
      for (Cell& cell : cells) coverage_.cells.push_back(std::move(cell));
    }
    touched_.resize(coverage_.cells.size());
  }

  // The last acceptance about the cell counts, as with every list that a user writes. Patterns do
  // not overlap by accident: "T1078" leaves its subs out, so who accepts a technique accepts that
  // and no more.
  std::string acceptance_of(const Cell& cell) const {
    std::string words;
    for (const Acceptance& acceptance : inputs_.accepted) {
      const bool is_here = acceptance.provider.empty() || acceptance.provider == cell.provider;
      if (is_here && attack::matches_pattern(acceptance.technique, cell.technique)) {
        words = acceptance.words;
      }
    }
    return words;
  }

  // The index of a cell that may apply; cells that do not are touched by nothing.
  std::optional<std::size_t> open_cell(const TechniqueId& technique,
                                       std::string_view provider) const {
    const Cell* cell = coverage_.find(technique, provider);
    if (cell == nullptr || cell->applicability.applies == Applies::kNo) return std::nullopt;
    return static_cast<std::size_t>(cell - coverage_.cells.data());
  }

  // Lets the rule touch its cells on each of the user's providers that it is for. What keeps it
  // from working is taken once for all providers and once for each, since its logs may arrive from
  // one cloud and not from another.
  //
  // A rule is one of four: it works on a cell, it touches cells and works nowhere (broken), it
  // touches none (unmapped), or both of the last two when it is broken anyway. O(its techniques x
  // providers x log cells).
  void place_rule(std::size_t index) {
    const inventory::Detection& detection = detections_[index];
    RuleSummary rule = summary_of(detection);
    const std::vector<Broken> everywhere = faults_of(detection);
    bool touches = false;
    bool works = false;
    std::vector<Broken> somewhere;  // each once, in the order of the providers
    for (const ProviderColumn& provider : coverage_.providers) {
      if (std::ranges::find(detection.providers, provider.id) == detection.providers.end()) {
        continue;
      }
      const auto cells = cells_named_by(detection, provider.id);
      if (cells.empty()) continue;
      touches = true;
      std::vector<Broken> faults = everywhere;
      const std::vector<Broken> here = faults_on(detection, provider.id, inputs_.log_sources);
      faults.insert(faults.end(), here.begin(), here.end());
      // Cells that are not known to apply count here: the rule works there all the same.
      if (faults.empty()) rule.num_cells += cells.size();
      works = works || faults.empty();
      for (const Broken& fault : faults) {
        if (std::ranges::find(somewhere, fault) == somewhere.end()) somewhere.push_back(fault);
      }
      for (const auto& [cell, through] : cells) {
        touched_[cell].push_back({{coverage_.rules.size(), through}, faults});
      }
    }
    // Also of a rule that touches nothing: who gives it a technique should know that it is switched
    // off.
    if (!works) rule.faults = touches ? somewhere : everywhere;
    if (!touches) rule.unmapped = why_unmapped(detection);
    coverage_.rules.push_back(std::move(rule));
  }

  // Own techniques alone: a claim of a parent says nothing of the one way that is played.
  void place_native() {
    for (const inventory::NativeDetector& detector : inputs_.native) {
      NativeSummary summary{detector.id, detector.title, 0};
      for (const inventory::NativeClaim& claim : detector.claims) {
        const auto cell = open_cell(TechniqueId{claim.technique}, detector.provider);
        if (!cell) continue;
        coverage_.cells[*cell].native.push_back({coverage_.native.size(), claim.grade});
        ++summary.num_cells;
      }
      coverage_.native.push_back(std::move(summary));
    }
  }

  // What the report needs of a detection; the texts stay as their authors wrote them, and whoever
  // shows them escapes them.
  RuleSummary summary_of(const inventory::Detection& detection) const {
    RuleSummary rule;
    rule.id = detection.id;
    rule.name = detection.name;
    rule.format = detection.format;
    rule.path = detection.path;
    rule.level = detection.level.value_or("");
    rule.status = detection.status;
    rule.providers = detection.providers;
    rule.log_sources = detection.log_sources;
    rule.group = detection.group;
    if (const auto& original = detection.duplicate_of)
      rule.duplicate_of = original->id.empty() ? to_string(original->place) : original->id;
    for (const std::string& id : detection.techniques) rule.techniques.push_back({id});
    // A rule without an id has no entry: the caller leaves those out.
    const auto fired = inputs_.fired.find(detection.id);
    rule.was_run = fired != inputs_.fired.end();
    if (rule.was_run) rule.fired = fired->second;
    return rule;
  }

  // Cell index -> the most direct way in which the rule's tags mean it. A map, because several tags
  // of one rule may mean the same cell and the most direct counts.
  std::map<std::size_t, Through> cells_named_by(const inventory::Detection& detection,
                                                std::string_view provider) const {
    std::map<std::size_t, Through> cells;
    const auto add = [&](const TechniqueId& technique, Through through) {
      const auto cell = open_cell(technique, provider);
      if (!cell) return;
      const auto [known, is_new] = cells.emplace(*cell, through);
      if (!is_new) known->second = std::min(known->second, through);
    };
    for (const std::string& text : detection.techniques) {
      const TechniqueId id{text};
      add(id, Through::kOwnTag);
      // Not upwards from a cell that does not apply: what cannot be carried out is no part of
      // anything here.
      if (attack::is_subtechnique(id)) {
        if (open_cell(id, provider)) add(attack::parent_of(id), Through::kSubtechniqueTag);
        continue;
      }
      // Downwards over all subs; open_cell() drops those that have no cell on this provider.
      for (const auto* sub : inputs_.catalogue.subtechniques(id)) add(sub->id, Through::kParentTag);
    }
    return cells;
  }

  // The first reason that holds, from the plainest on: a reader mends one thing at a time. Texts of
  // the rule go through escape_for_log(); ids that were found in the matrix are ATT&CK's.
  std::string why_unmapped(const inventory::Detection& detection) const {
    if (detection.techniques.empty()) return "it names no technique";
    if (detection.providers.empty()) return "it is for no cloud provider that is known";
    std::vector<std::string> mine;
    for (const ProviderColumn& provider : coverage_.providers) {
      if (std::ranges::find(detection.providers, provider.id) != detection.providers.end()) {
        mine.push_back(provider.id);
      }
    }
    if (mine.empty()) {
      return fmt::format("it is for {}, which is not among the providers here",
                         escape_for_log(fmt::format("{}", fmt::join(detection.providers, ", "))));
    }
    return why_nowhere(detection, mine.front());
  }

  // For a rule of one of the user's providers, none of whose techniques has a cell there.
  std::string why_nowhere(const inventory::Detection& detection,
                          const std::string& provider) const {
    for (const std::string& id : detection.techniques) {
      const Cell* cell = coverage_.find(TechniqueId{id}, provider);
      if (cell != nullptr) {
        return fmt::format("{} does not apply to {}: {}", id, provider, cell->applicability.reason);
      }
    }
    const bool in_matrix = std::ranges::any_of(detection.techniques, [&](const std::string& id) {
      return coverage_.find(TechniqueId{id}) != nullptr;
    });
    return fmt::format("{} is not in the {}",
                       escape_for_log(fmt::format("{}", fmt::join(detection.techniques, ", "))),
                       in_matrix ? fmt::format("matrix of {}", provider) : "cloud matrix");
  }

  // Each id once, by its most direct tag; then in the rules' order. Stable, so that of two copies
  // with equal tags the first of the sorted rules stands for both.
  void take_working(Cell& cell, std::vector<Touch>& touches) const {
    std::ranges::stable_sort(touches, {}, [&](const Touch& touch) {
      // Of copies the one that stands for them: it may be the one with evidence.
      const bool is_copy = !coverage_.rules[touch.use.rule].duplicate_of.empty();
      return std::pair(touch.use.through, is_copy);
    });
    std::set<std::string> ids;
    for (const Touch& touch : touches) {
      if (!touch.faults.empty()) continue;
      const RuleSummary& rule = coverage_.rules[touch.use.rule];
      if (!ids.insert(identity(rule)).second) continue;
      cell.rules.push_back(touch.use);
      // Once per id: `fired` is kept by id, so every copy carries the whole count.
      cell.fired += rule.fired;
    }
    std::ranges::sort(cell.rules, {}, &RuleUse::rule);
  }

  // An id that works here is not broken here as well: the same rule may lie in two folders, one
  // copy switched off.
  void take_broken(Cell& cell, const std::vector<Touch>& touches) const {
    std::set<std::string> ids;
    for (const RuleUse& use : cell.rules) ids.insert(identity(coverage_.rules[use.rule]));
    for (const Touch& touch : touches) {
      if (touch.faults.empty()) continue;
      if (!ids.insert(identity(coverage_.rules[touch.use.rule])).second) continue;
      cell.broken_rules.push_back({touch.use.rule, touch.faults, touch.use.through});
    }
    std::ranges::sort(cell.broken_rules, {}, &BrokenUse::rule);
  }

  // Every rule once, working or broken: a copy that has no evidence of its own would hide what the
  // other's says.
  void prove_cell(Cell& cell) const {
    if (cell.applicability.applies == Applies::kNo) return;
    std::vector<RuleInCell> rules;
    for (const RuleUse& use : cell.rules) {
      rules.push_back({use.rule, use.through, &detections_[use.rule], true});
    }
    for (const BrokenUse& use : cell.broken_rules) {
      rules.push_back({use.rule, use.through, &detections_[use.rule], false});
    }
    const auto procedures = evidence_.procedures_of(cell.technique, cell.provider);
    cell.proof = prove({.model = inputs_.model,
                        .priors = inputs_.priors,
                        .as_of = evidence_.as_of(),
                        .log_sources = inputs_.log_sources,
                        .robustness = inputs_.robustness,
                        .rule_ids = rule_ids_,
                        .rules = rules,
                        .procedures = procedures,
                        .plays = evidence_.plays_of(cell.technique, cell.provider)});
  }

  // Badges say what the state alone hides; they never change it.
  void add_badges(Cell& cell) const {
    const auto all_through = [&](Through through) {
      return std::ranges::all_of(cell.rules,
                                 [=](const RuleUse& use) { return use.through == through; });
    };
    if (!cell.rules.empty()) {
      // Badges of a mapped cell only: an unmapped one has no rule whose reach could be short.
      if (has_account_gap(cell)) cell.badges.emplace_back("account-gap");
      if (all_through(Through::kParentTag)) cell.badges.emplace_back("parent-tag-only");
      if (all_through(Through::kSubtechniqueTag)) cell.badges.emplace_back("subtechnique-tag-only");
      if (cell.rules.size() == 1) cell.badges.emplace_back("one-rule");
    }
    if (!cell.broken_rules.empty()) cell.badges.emplace_back("broken-rules");
    const Proof& proof = cell.proof;
    if (cell.state == State::kFailing && proof.was_alerted) cell.badges.emplace_back("regressed");
    if (proof.is_elsewhere) cell.badges.emplace_back("mapped-elsewhere");
    if (proof.is_noisy) cell.badges.emplace_back("noisy");
    if (proof.is_late) cell.badges.emplace_back("late");
    std::ranges::sort(cell.badges);
  }

  // No log source that the cell's rules read covers all accounts.
  bool has_account_gap(const Cell& cell) const {
    double best = 0;
    for (const RuleUse& use : cell.rules) {
      for (const std::string& id : coverage_.rules[use.rule].log_sources) {
        const auto found = inputs_.log_sources.find(id);
        if (found == inputs_.log_sources.end() || !found->second.arrives()) continue;
        if (found->second.provider == cell.provider) best = std::max(best, found->second.share);
      }
    }
    // 0 is no source at all: then the rules read other formats' logs, of which nothing is known
    // here.
    return best > 0 && best < 1;
  }

  const Inputs& inputs_;
  const std::vector<inventory::Detection> detections_;
  const EvidenceIndex evidence_;
  std::set<std::string, std::less<>> rule_ids_;
  Coverage coverage_;
  std::vector<std::vector<Touch>> touched_;  // by cell
};

}  // namespace

attack::Scope scope_of(const std::vector<const attack::Provider*>& providers) {
  for (const attack::Provider* provider : providers) {
    if (std::ranges::find(provider->platforms, "Containers") != provider->platforms.end()) {
      return attack::Scope::kCloudAndContainers;
    }
  }
  return attack::Scope::kCloud;
}

Coverage assess(const Inputs& inputs) { return Assessment(inputs).run(); }

}  // namespace nepho::coverage
