#include "navigator/coverage_layer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "coverage/appearance.h"
#include "coverage/explain.h"

namespace nepho::navigator {
namespace {

using coverage::Cell;
using coverage::Coverage;
using coverage::State;

// A tooltip of the Navigator with more lines than about 20 cannot be read; half for rules.
constexpr std::size_t kMaxRulesNamed = 8;
constexpr std::size_t kMaxNameBytes = 100;

// Text that others wrote, for consumers of which some render HTML.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : printable(text, kMaxNameBytes)) {
    if (c == '<' || c == '>') {
      out += c == '<' ? "\u2039" : "\u203A";
    } else {
      out += c;
    }
  }
  return out;
}

// Pairs with an empty half are dropped by the Navigator in silence.
void add(std::vector<Pair>& pairs, std::string name, std::string value) {
  if (!value.empty()) pairs.push_back({std::move(name), std::move(value)});
}

// The best name a rule has; the Navigator shows it in a tooltip.
std::string rule_name(const coverage::RuleSummary& rule) {
  return plain(!rule.name.empty() ? rule.name : !rule.id.empty() ? rule.id : rule.path);
}

// Working rules by name, broken ones with the reason; both lists are bounded, and what is left out
// is counted.
void add_rules(std::vector<Pair>& pairs, const Coverage& coverage, const Cell& cell) {
  std::size_t named = 0;
  for (const coverage::RuleUse& use : cell.rules) {
    if (++named > kMaxRulesNamed) break;
    add(pairs, "rule", rule_name(coverage.rules[use.rule]));
  }
  if (cell.rules.size() > kMaxRulesNamed) {
    add(pairs, "more rules", std::to_string(cell.rules.size() - kMaxRulesNamed));
  }
  named = 0;
  for (const coverage::BrokenUse& use : cell.broken_rules) {
    if (++named > kMaxRulesNamed) break;
    add(pairs, "broken rule",
        fmt::format("{}: {}", rule_name(coverage.rules[use.rule]),
                    coverage::to_string(use.faults.front().fault)));
  }
}

// Text rather than a score, which is the state's; nothing of a cell that was never tested, of
// which C is only what is thought of its rules.
void add_proof(std::vector<Pair>& pairs, const Cell& cell) {
  const coverage::Proof& proof = cell.proof;
  if (proof.tested == 0) return;
  add(pairs, "alerted", fmt::format("{} of {} tests", proof.alerted, proof.tested));
  add(pairs, "procedures known", std::to_string(proof.num_procedures));
  add(pairs, "coverage", fmt::format("{:.2f} (L90 {:.2f})", proof.mean, proof.l90));
}

// The comment is what a reader sees first on resting on a cell, so it says the state in words.
std::string sentence(const Cell& cell) {
  const coverage::Appearance& look = coverage::appearance_of(cell.state);
  std::string text = fmt::format("{} on {}: {}", look.label, cell.provider, look.meaning);
  if (!cell.counts()) text += ". Not known to apply here";
  return text;
}

// Colour and score both: the colour is what is seen, the score what layers are computed and sorted
// by. In the Navigator an explicit colour goes before the score's.
TechniqueEntry entry_of(const Coverage& coverage, const Cell& cell) {
  TechniqueEntry entry{.technique_id = cell.technique.value};
  const coverage::Appearance& look = coverage::appearance_of(cell.state);
  entry.comment = sentence(cell);
  entry.color = look.fill;
  entry.score = coverage::score_of(cell.state);
  add(entry.metadata, "state", std::string(coverage::to_string(cell.state)));
  add(entry.metadata, "provider", cell.provider);
  add_proof(entry.metadata, cell);
  add_rules(entry.metadata, coverage, cell);
  if (cell.fired > 0) add(entry.metadata, "fired", std::to_string(cell.fired));
  add(entry.metadata, "badges", fmt::format("{}", fmt::join(cell.badges, ", ")));
  return entry;
}

// Off and hidden rather than filtered: the Navigator filters by the platforms of the
// parent, so that T1686.001 (IaaS) vanishes with T1686, which is not.
TechniqueEntry hidden(const attack::Technique& technique, std::string why) {
  return {.technique_id = technique.id.value, .comment = std::move(why), .enabled = false};
}

// All active techniques of ATT&CK: those with a cell as `cell_of` gives it, the rest switched off.
template <typename CellOf>
void add_techniques(Layer& layer, const Coverage& coverage, const attack::Catalogue& catalogue,
                    CellOf cell_of) {
  for (const attack::Technique& technique : catalogue.facts().techniques) {
    if (!technique.is_active()) continue;
    const Cell* cell = cell_of(technique.id);
    if (cell == nullptr) {
      layer.techniques.push_back(hidden(technique, ""));
    } else if (cell->state == State::kNotApplicable) {
      layer.techniques.push_back(hidden(technique, plain(cell->applicability.reason)));
    } else {
      layer.techniques.push_back(entry_of(coverage, *cell));
    }
  }
}

// The Navigator derives no legend from colours.
void add_legend(Layer& layer) {
  for (const State state : coverage::kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    const coverage::Appearance& look = coverage::appearance_of(state);
    layer.legend.push_back({std::string(look.label), std::string(look.fill)});
  }
}

std::string share_in_words(const coverage::Share& share) {
  return fmt::format("{} of {} cells ({:.1f} %)", share.part, share.whole, 100 * share.ratio());
}

// What every layer of ours has, whichever cells it shows. Provenance goes into metadata, since
// other fields than the specification's make mitreattack-python refuse the layer.
Layer frame(const Coverage& coverage, std::string name, const coverage::Tally& tally) {
  Layer layer{.name = std::move(name)};
  // The Navigator takes the first number only, and alerts at versions it does not have.
  layer.versions.attack = coverage.attack_version.substr(0, coverage.attack_version.find('.'));
  layer.versions.navigator = "5.1.0";
  layer.versions.layer = "4.5";
  layer.description =
      "What the detections cover, technique by technique, on the cloud providers named here. "
      "Mapped means that a working rule names a technique, not that it was seen to fire.";
  layer.layout = Layout{.expanded_subtechniques = "annotated"};
  layer.hide_disabled = true;
  layer.select_subtechniques_with_parent = false;
  layer.gradient = Gradient{{"#ffffff", "#0072b2"}, 0, 100};
  add_legend(layer);
  add(layer.metadata, "made by", "Nephometer");
  add(layer.metadata, "ATT&CK", coverage.attack_version);
  add(layer.metadata, "as of", coverage.as_of);
  add(layer.metadata, "on paper", share_in_words(tally.paper));
  add(layer.metadata, "exercised", share_in_words(tally.exercised));
  add(layer.metadata, "validated", share_in_words(tally.validated));
  add(layer.metadata, "not known to apply", fmt::format("{} cells", tally.unknown));
  for (const std::string& text : coverage.assumptions) add(layer.metadata, "assumed", plain(text));
  return layer;
}

}  // namespace

Layer to_layer(const Coverage& coverage, const attack::Catalogue& catalogue,
               std::string_view provider) {
  const coverage::ProviderColumn* column = coverage.find_provider(provider);
  const std::string name = column == nullptr ? std::string(provider) : column->name;
  const auto tally = coverage.totals.by_provider.find(std::string(provider));
  Layer layer =
      frame(coverage, "Detection coverage: " + name,
            tally == coverage.totals.by_provider.end() ? coverage::Tally{} : tally->second);
  add(layer.metadata, "provider", std::string(provider));
  add_techniques(layer, coverage, catalogue,
                 [&](const attack::TechniqueId& id) { return coverage.find(id, provider); });
  return layer;
}

Layer to_combined_layer(const Coverage& coverage, const attack::Catalogue& catalogue) {
  Layer layer = frame(coverage, "Detection coverage: weakest provider", coverage.totals.cells);
  std::vector<std::string> names;
  for (const auto& provider : coverage.providers) names.push_back(provider.id);
  add(layer.metadata, "providers", fmt::format("{}", fmt::join(names, ", ")));
  add_techniques(layer, coverage, catalogue,
                 [&](const attack::TechniqueId& id) { return coverage.weakest(id); });
  for (TechniqueEntry& entry : layer.techniques) {
    if (!entry.enabled) continue;
    for (const Cell* cell : coverage.cells_of({entry.technique_id})) {
      add(entry.metadata, cell->provider, std::string(coverage::to_string(cell->state)));
    }
  }
  return layer;
}

}  // namespace nepho::navigator
