// The page computes no coverage of its own: numbers, steps and colours are those of coverage/, so
// that page, terminal and layer cannot tell different stories.
#include "report/page_data.h"

#include <map>
#include <utility>
#include <vector>

#include "coverage/appearance.h"
#include "coverage/explain.h"
#include "coverage/write_json.h"
#include "evidence/json.h"
#include "evidence/words.h"
#include "text/json_writer.h"

namespace nepho::report {
namespace {

using coverage::Cell;
using coverage::Coverage;
using text::JsonWriter;

// A cell's evidence and procedures, found once rather than once a cell.
struct CellProof {
  std::vector<const evidence::Evidence*> evidence;
  std::vector<const evidence::Procedure*> procedures;
};
using ProofByCell = std::map<std::pair<std::string, std::string>, CellProof>;

ProofByCell sorted(const PageProof& proof) {
  ProofByCell by_cell;
  for (const auto& item : proof.evidence) {
    by_cell[{item.technique, item.provider}].evidence.push_back(&item);
  }
  for (const auto& procedure : proof.procedures) {
    by_cell[{procedure.technique, procedure.provider}].procedures.push_back(&procedure);
  }
  return by_cell;
}

void write_tactics(JsonWriter& json, const Coverage& coverage) {
  json.key("tactics").begin_array();
  for (const attack::Tactic& tactic : coverage.tactics) {
    json.begin_object().member("id", tactic.id.value).member("name", tactic.name).end_object();
  }
  json.end_array();
}

void write_providers(JsonWriter& json, const Coverage& coverage) {
  json.key("providers").begin_array();
  for (const coverage::ProviderColumn& provider : coverage.providers) {
    json.begin_object().member("id", provider.id).member("name", provider.name);
    json.strings("log_sources", provider.log_sources).end_object();
  }
  json.end_array();
}

void write_techniques(JsonWriter& json, const Coverage& coverage) {
  json.key("techniques").begin_array();
  for (const coverage::TechniqueRow& row : coverage.techniques) {
    json.begin_object().member("id", row.id.value).member("name", row.name);
    json.member("parent", row.parent.value).member("parent_name", row.parent_name);
    json.member("core", row.is_core).end_object();
  }
  json.end_array();
}

// One palette for terminal, picture, layer and page. The score says which of two states is the
// weaker; none where the technique does not apply.
void write_states(JsonWriter& json) {
  json.key("states").begin_array();
  for (const coverage::State state : coverage::kStatesBestFirst) {
    const coverage::Appearance& look = coverage::appearance_of(state);
    json.begin_object().member("state", coverage::to_string(state)).member("label", look.label);
    json.member("glyph", look.glyph).member("fill", look.fill).member("text", look.text);
    json.member("meaning", look.meaning).key("score");
    const auto score = coverage::score_of(state);
    score ? json.number(*score) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_details(JsonWriter& json, const Coverage& coverage, const Cell& cell,
                   const CellProof& proof) {
  json.key(cell.technique.value + '@' + cell.provider).begin_object().key("why").begin_array();
  for (const coverage::Step& step : coverage::explain(coverage, cell)) {
    json.begin_object().member("kind", coverage::to_string(step.kind)).member("text", step.text);
    json.end_object();
  }
  json.end_array().key("evidence").begin_array();
  for (const evidence::Evidence* item : proof.evidence) evidence::write_evidence(json, *item);
  json.end_array().key("procedures").begin_array();
  for (const evidence::Procedure* procedure : proof.procedures) {
    json.begin_object().member("id", procedure->id).member("name", procedure->name);
    json.strings("log_sources", procedure->log_sources);
    json.member("observable", evidence::to_string(procedure->observable)).end_object();
  }
  json.end_array().end_object();
}

// How much was played, by procedure: for each the newest play. Leadership reads it as the size of
// the sample, so procedures without a cell count too.
void write_plays(JsonWriter& json, const PageProof& proof) {
  std::map<std::string_view, const evidence::Evidence*> newest;
  for (const evidence::Evidence& item : proof.evidence) {
    if (item.kind == evidence::Kind::kTabletop || item.verdict == evidence::Verdict::kNotPlayed) {
      continue;
    }
    const evidence::Evidence*& known = newest[item.procedure];
    if (known == nullptr || known->time <= item.time) known = &item;
  }
  std::map<std::string_view, std::size_t> kinds;
  std::size_t num_alerted = 0;
  for (const auto& [procedure, item] : newest) {
    ++kinds[evidence::to_string(item->kind)];
    num_alerted += item->verdict == evidence::Verdict::kAlerted ? 1 : 0;
  }
  json.key("plays").begin_object().member("procedures", newest.size());
  json.member("known", proof.procedures.size()).member("alerted", num_alerted);
  json.key("kinds").begin_object();
  for (const auto& [kind, count] : kinds) json.member(kind, count);
  json.end_object().end_object();
}

}  // namespace

std::string page_json(const Coverage& coverage, const PageOptions& options,
                      const PageProof& proof) {
  const ProofByCell by_cell = sorted(proof);
  JsonWriter json;
  json.begin_object().member("schema", "nephometer/page/1");
  json.member("organisation", options.organisation).member("as_of", coverage.as_of);
  json.member("program_version", options.program_version);
  json.member("audience", to_string(options.audience));
  write_tactics(json, coverage);
  write_providers(json, coverage);
  write_techniques(json, coverage);
  write_states(json);
  write_plays(json, proof);
  json.key("coverage").raw(coverage::to_json(coverage));
  json.key("details").begin_object();
  for (const Cell& cell : coverage.cells) {
    if (options.audience == Audience::kLeadership) break;
    const auto found = by_cell.find({cell.technique.value, cell.provider});
    write_details(json, coverage, cell, found == by_cell.end() ? CellProof{} : found->second);
  }
  json.end_object().end_object();
  return json.take();
}

}  // namespace nepho::report
