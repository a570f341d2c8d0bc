#include "coverage/write_proof.h"

#include "evidence/words.h"
#include "text/timestamp.h"

namespace nepho::coverage {
namespace {

using text::JsonWriter;

// Enough to check the arithmetic by hand, and no more than the weights deserve.
constexpr int kDigits = 4;

JsonWriter& number(JsonWriter& json, std::string_view name, double value) {
  return json.key(name).number(value, kDigits);
}

std::string_view to_string(Shown shown) {
  switch (shown) {
    case Shown::kAlerted: return "alerted";
    case Shown::kSilent: return "silent";
    case Shown::kUntested: return "untested";
  }
  return "untested";
}

void write_rule(JsonWriter& json, const Coverage& coverage, const RuleProof& rule) {
  json.begin_object().member("rule", coverage.rules[rule.rule].id);
  number(json, "base", rule.base);
  json.member("level", rule.level);
  number(json, "robustness", rule.robustness);
  number(json, "specificity", rule.specificity);
  number(json, "prior", rule.prior);
  number(json, "trials", rule.trials);
  json.member("refitted", rule.fitted.has_value());
  number(json, "passed", rule.passed);
  number(json, "missed", rule.missed);
  number(json, "mean", rule.mean());
  number(json, "l90", rule.l90);
  json.end_object();
}

// The rule that an untested source is judged by; null for one that was tested or has none.
void write_source(JsonWriter& json, const Coverage& coverage, const Proof& proof,
                  const SourceProof& source) {
  json.begin_object().member("log_source", source.log_source);
  number(json, "share", source.share);
  json.member("shown", to_string(source.shown)).key("rule");
  if (source.rule && source.shown == Shown::kUntested) {
    json.string(coverage.rules[proof.rules[*source.rule].rule].id);
  } else {
    json.null();
  }
  number(json, "mean", source.mean);
  number(json, "l90", source.l90);
  json.end_object();
}

void write_procedure(JsonWriter& json, const Coverage& coverage, const Proof& proof,
                     const ProcedureProof& procedure) {
  json.begin_object().member("procedure", procedure.id).member("name", procedure.name);
  json.member("observable", procedure.is_observable);
  json.member("shown", to_string(procedure.shown)).member("real", procedure.is_real);
  number(json, "mean", procedure.mean);
  number(json, "l90", procedure.l90);
  json.key("log_sources").begin_array();
  for (const SourceProof& source : procedure.sources) write_source(json, coverage, proof, source);
  json.end_array().end_object();
}

void write_use(JsonWriter& json, const EvidenceUse& use) {
  json.begin_object().member("procedure", use.procedure).key("rule");
  use.rule.empty() ? json.null() : json.string(use.rule);
  json.member("kind", evidence::to_string(use.kind));
  json.member("outcome", evidence::to_string(use.outcome));
  json.member("time", text::to_rfc3339(use.time));
  json.member("alerted", use.alerted).member("late", use.late);
  json.member("also_benign", use.also_benign);
  number(json, "age_days", use.age_days);
  number(json, "weight", use.weight);
  json.member("fate", to_string(use.fate)).end_object();
}

}  // namespace

void write_proof_numbers(JsonWriter& json, const Cell& cell) {
  const Proof& proof = cell.proof;
  if (cell.state == State::kNotApplicable) {
    json.key("mean").null().key("l90").null();
  } else {
    number(json, "mean", proof.mean);
    number(json, "l90", proof.l90);
  }
  json.member("tested", proof.tested).member("alerted", proof.alerted);
  json.member("procedures", proof.num_procedures);
}

void write_proof(JsonWriter& json, const Coverage& coverage, const Cell& cell) {
  const Proof& proof = cell.proof;
  json.begin_object();
  number(json, "mean", proof.mean);
  number(json, "l90", proof.l90);
  number(json, "mean_next", proof.mean_next);
  json.key("parts").begin_array();
  for (const std::size_t part : proof.parts) json.string(coverage.cells[part].technique.value);
  json.end_array().key("own_mean");
  proof.has_own_part ? json.number(proof.own_mean, kDigits) : json.null();
  json.key("rules").begin_array();
  for (const RuleProof& rule : proof.rules) write_rule(json, coverage, rule);
  json.end_array().key("procedures").begin_array();
  for (const auto& procedure : proof.procedures) write_procedure(json, coverage, proof, procedure);
  json.end_array().key("unknown_way");
  write_procedure(json, coverage, proof, proof.unknown_way);
  json.key("evidence").begin_array();
  for (const EvidenceUse& use : proof.evidence) write_use(json, use);
  json.end_array().member("superseded", proof.num_superseded).end_object();
}

}  // namespace nepho::coverage
