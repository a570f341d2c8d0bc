#include "report/tabletop_json.h"

#include "report/tabletop_inject.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using exercise::Inject;
using exercise::Part;

std::string_view kind_name(Part::Kind kind) {
  switch (kind) {
    case Part::Kind::kAttack: return "attack";
    case Part::Kind::kLookalike: return "lookalike";
    case Part::Kind::kOtherWay: return "other_way";
  }
  return {};
}

void write_rules(text::JsonWriter& json, const TabletopPage& page, std::string_view key,
                 const std::vector<std::uint32_t>& rules) {
  json.key(key).begin_array();
  for (const std::uint32_t rule : rules) {
    const exercise::RuleClaim& claim = page.rules.claims[rule];
    const auto& level = page.rules.plan.rules()[rule].level;
    json.begin_object().member("id", claim.id).member("title", claim.title).key("level");
    level ? json.string(sigma::to_string(*level)) : json.null();
    json.strings("techniques", claim.techniques);
    json.member("counts", counts_on(page, rule)).end_object();
  }
  json.end_array();
}

void write_inject(text::JsonWriter& json, const TabletopPage& page, const Inject& inject) {
  json.begin_object().member("time", text::to_rfc3339(inject.records.front().time));
  json.member("event", inject.event).member("log_source", inject.log_source);
  json.member("received", inject.is_received).member("setup", inject.is_setup);
  json.member("actor", inject.actor).member("source_ip", inject.address);
  json.member("account", inject.account);
  json.key("fields").begin_array();
  for (const exercise::Fact& fact : inject.facts) {
    json.begin_object().member("path", fact.path).member("value", fact.value);
    json.member("tested", fact.is_tested).end_object();
  }
  json.end_array().key("records").begin_array();
  for (const exercise::Record& record : inject.records) json.string(record.text);
  json.end_array();
  write_rules(json, page, "alerts", inject.alerts);
  write_rules(json, page, "missed", inject.missed);
  json.end_object();
}

void write_part(text::JsonWriter& json, const TabletopPage& page, const Part& part) {
  json.begin_object().member("kind", kind_name(part.kind));
  json.member("procedure", part.procedure->facts.id);
  const bool is_lookalike = part.kind == Part::Kind::kLookalike;
  json.member("name", is_lookalike ? part.scenario->name : part.procedure->facts.name);
  json.key("injects").begin_array();
  for (const Inject& inject : part.injects) write_inject(json, page, inject);
  json.end_array().end_object();
}

void write_guide(text::JsonWriter& json, const TabletopPage& page) {
  const exercise::Procedure& procedure = *page.told.parts[0].procedure;
  const auto* caller = page.guide.find_caller(procedure.facts.provider, procedure.attack.as);
  const auto* tactic = page.guide.find_tactic(tactic_of(procedure));
  json.member("caller", caller == nullptr ? std::string() : caller->who);
  json.member("wants", tactic == nullptr ? std::string() : tactic->wants);
  const std::vector<std::string> none;
  json.strings("stop_the_caller", caller == nullptr ? none : caller->contain);
  json.strings("stop_what_was_done",
               tactic == nullptr ? none : tactic->steps_on(procedure.facts.provider));
  json.strings("afterwards", tactic == nullptr ? none : tactic->afterwards);
  json.strings("debrief", page.guide.debrief);
}

}  // namespace

std::string tabletop_json(const TabletopPage& page) {
  const exercise::Procedure& procedure = *page.told.parts[0].procedure;
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/tabletop/1");
  json.member("procedure", procedure.facts.id).member("name", procedure.facts.name);
  json.member("technique", page.technique.id.value).member("technique_name", page.technique.name);
  json.member("provider", procedure.facts.provider);
  json.member("attack_version", page.catalogue.version()).member("seed", page.seed);
  write_guide(json, page);
  json.key("log_sources").begin_array();
  for (const TabletopLog& log : page.logs) {
    json.begin_object().member("id", log.id).member("title", log.title);
    json.member("on", log.is_on).member("state", log.state).end_object();
  }
  json.end_array().key("parts").begin_array();
  for (const Part& part : page.told.parts) write_part(json, page, part);
  json.end_array();
  json.member("why_silent", page.told.judgement.evidence.outcome == evidence::Outcome::kAlerted
                                ? std::string()
                                : page.told.judgement.evidence.reason);
  json.key("other_procedures").begin_array();
  for (const exercise::Procedure* way : page.not_told) json.string(way->facts.id);
  json.end_array().end_object();
  return json.text() + "\n";
}

}  // namespace nepho::report
