// Text goes out through JsonWriter alone, which quotes it; no number is computed here. The members
// and their order are docs/schemas/coverage.json's, and a test holds the program's output against
// it.
#include "coverage/write_json.h"

#include "coverage/explain.h"
#include "coverage/write_proof.h"
#include "evidence/words.h"

namespace nepho::coverage {
namespace {

using text::JsonWriter;

// A share of nothing is null, not 0: nothing was asked of it.
void write_share(JsonWriter& json, std::string_view name, const Share& share) {
  json.key(name);
  share.whole == 0 ? json.null() : json.number(share.ratio());
}

void write_ids(JsonWriter& json, std::string_view name, const std::vector<attack::TacticId>& ids) {
  json.key(name).begin_array();
  for (const attack::TacticId& id : ids) json.string(id.value);
  json.end_array();
}

// One tally, for the whole, a provider or a tactic: the same members everywhere, so that a program
// reads them with one piece of code.
void write_tally(JsonWriter& json, const Tally& tally) {
  write_share(json, "paper", tally.paper);
  write_share(json, "exercised", tally.exercised);
  write_share(json, "validated", tally.validated);
  json.member("cells", tally.yes).member("mapped", tally.paper.part);
  json.member("unknown", tally.unknown).member("unknown_mapped", tally.unknown_mapped);
  json.member("not_applicable", tally.not_applicable).member("broken", tally.broken);
  json.member("unobservable", tally.unobservable);
  json.member("native", tally.native).member("native_only", tally.native_only);
  json.key("states").begin_object();
  for (const State state : kStatesBestFirst) {
    if (state == State::kNotApplicable) continue;
    json.member(to_string(state), tally.by_state[static_cast<std::size_t>(state)]);
  }
  json.end_object();
}

void write_tallies(JsonWriter& json, std::string_view name,
                   const std::map<std::string, Tally>& tallies) {
  json.key(name).begin_object();
  for (const auto& [id, tally] : tallies) {
    json.key(id).begin_object();
    write_tally(json, tally);
    json.end_object();
  }
  json.end_object();
}

void write_pair(JsonWriter& json, std::string_view name, const Share& any, const Share& all) {
  json.key(name).begin_object();
  json.member("any", any.part).member("all", all.part).end_object();
}

// The risk-weighted figure needs intelligence and evidence; null says that it is not known, which 0
// would not.
void write_totals(JsonWriter& json, const Totals& totals) {
  json.key("totals").begin_object();
  write_tally(json, totals.cells);
  json.key("risk_weighted_validated").null();
  const TechniqueTally& techniques = totals.techniques;
  json.key("techniques").begin_object().member("matrix", techniques.matrix);
  json.member("applicable", techniques.paper_any.whole);
  write_pair(json, "paper", techniques.paper_any, techniques.paper_all);
  write_pair(json, "exercised", techniques.exercised_any, techniques.exercised_all);
  write_pair(json, "validated", techniques.validated_any, techniques.validated_all);
  json.end_object();
  write_tallies(json, "by_provider", totals.by_provider);
  write_tallies(json, "by_tactic", totals.by_tactic);
  json.end_object();
}

// A technique over the user's providers: how well it is covered in the mean, and where it is not.
// Those that apply nowhere here are left out; the vector of providers is in the cells.
void write_techniques(JsonWriter& json, const Coverage& coverage) {
  json.key("techniques").begin_array();
  for (const TechniqueRow& row : coverage.techniques) {
    const auto across = coverage.across(row.id);
    if (!across) continue;
    json.begin_object().member("technique", row.id.value);
    json.key("mean").number(across->mean, 4).key("minimum").number(across->minimum, 4);
    json.member("weakest", across->weakest).end_object();
  }
  json.end_array();
}

// What a cell's `rules` and `broken_rules` refer to by id. `broken` says why it works nowhere,
// `unmapped` why it names no cell.
void write_rule(JsonWriter& json, const RuleSummary& rule) {
  json.begin_object().member("id", rule.id).member("name", rule.name);
  json.member("format", rule.format).member("path", rule.path);
  json.key("level");
  rule.level.empty() ? json.null() : json.string(rule.level);
  json.member("status", rule.status).strings("providers", rule.providers);
  json.strings("log_sources", rule.log_sources).key("techniques").begin_array();
  for (const attack::TechniqueId& id : rule.techniques) json.string(id.value);
  json.end_array().member("fired", rule.fired).member("cells", rule.num_cells);
  json.key("broken").begin_array();
  for (const Broken& fault : rule.faults) {
    json.begin_object().member("fault", to_string(fault.fault)).member("reason", fault.reason);
    json.end_object();
  }
  json.end_array().key("unmapped");
  rule.unmapped.empty() ? json.null() : json.string(rule.unmapped);
  if (!rule.duplicate_of.empty()) json.member("duplicate_of", rule.duplicate_of);
  json.end_object();
}

void write_broken(JsonWriter& json, const Coverage& coverage, const Cell& cell) {
  json.key("broken_rules").begin_array();
  for (const BrokenUse& use : cell.broken_rules) {
    json.begin_object().member("id", coverage.rules[use.rule].id);
    json.member("reason", reasons(use.faults)).end_object();
  }
  json.end_array();
}

// Claims stand apart from the rules; a workspace without native detectors has none to show.
void write_native(JsonWriter& json, const Coverage& coverage, const Cell& cell) {
  if (coverage.native.empty()) return;
  json.key("native").begin_array();
  for (const NativeUse& use : cell.native) {
    json.begin_object().member("id", coverage.native[use.detector].id);
    json.member("grade", use.grade).end_object();
  }
  json.end_array();
}

void write_detectors(JsonWriter& json, const Coverage& coverage) {
  json.key("native").begin_array();
  for (const NativeSummary& detector : coverage.native) {
    json.begin_object().member("id", detector.id).member("title", detector.title);
    json.member("cells", detector.num_cells).end_object();
  }
  json.end_array();
}

}  // namespace

// Null where nothing is known: whether logs could show it at all (no procedure says), risk (needs
// intelligence).
void write_cell(JsonWriter& json, const Coverage& coverage, const Cell& cell) {
  const TechniqueRow* row = coverage.find(cell.technique);
  json.begin_object().member("technique", cell.technique.value);
  json.member("name", row == nullptr ? std::string_view() : row->name);
  write_ids(json, "tactics", row == nullptr ? std::vector<attack::TacticId>{} : row->tactics);
  json.member("provider", cell.provider);
  json.member("applicable", attack::to_string(cell.applicability.applies));
  json.member("applicable_reason", cell.applicability.reason);
  json.key("observable");
  cell.proof.observable ? json.string(evidence::to_string(*cell.proof.observable)) : json.null();
  json.member("state", to_string(cell.state)).member("accepted", !cell.accepted.empty());
  json.member("colour", to_string(colour_of(cell.state))).member("fired", cell.fired);
  write_proof_numbers(json, cell);
  json.key("rules").begin_array();
  for (const RuleUse& use : cell.rules) json.string(coverage.rules[use.rule].id);
  json.end_array();
  write_broken(json, coverage, cell);
  write_native(json, coverage, cell);
  json.key("risk").null().key("residual").null().strings("badges", cell.badges);
  json.end_object();
}

std::string to_json(const Coverage& coverage) {
  JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/coverage/1");
  json.member("attack_version", coverage.attack_version).member("as_of", coverage.as_of);
  json.strings("assumptions", coverage.assumptions);
  json.key("providers").begin_array();
  for (const ProviderColumn& provider : coverage.providers) json.string(provider.id);
  json.end_array();
  write_totals(json, coverage.totals);
  json.key("cells").begin_array();
  for (const Cell& cell : coverage.cells) write_cell(json, coverage, cell);
  json.end_array();
  write_techniques(json, coverage);
  json.key("rules").begin_array();
  for (const RuleSummary& rule : coverage.rules) write_rule(json, rule);
  json.end_array();
  write_detectors(json, coverage);
  json.end_object();
  return json.take() + '\n';
}

std::string explain_json(const Coverage& coverage, const Cell& cell) {
  JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/explain/1");
  json.member("attack_version", coverage.attack_version).member("as_of", coverage.as_of);
  json.strings("assumptions", coverage.assumptions).key("cell");
  write_cell(json, coverage, cell);
  json.key("steps").begin_array();
  for (const Step& step : explain(coverage, cell)) {
    json.begin_object().member("kind", to_string(step.kind)).member("text", step.text);
    json.end_object();
  }
  json.end_array().key("proof");
  write_proof(json, coverage, cell);
  json.end_object();
  return json.take() + '\n';
}

}  // namespace nepho::coverage
