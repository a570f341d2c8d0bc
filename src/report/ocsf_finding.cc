// Names and numbers are those of OCSF's dictionary; a comment at each table names where it stands.
#include "report/ocsf_finding.h"

#include <algorithm>
#include <chrono>

#include "text/cidr.h"

namespace nepho::report {
namespace {

using text::JsonWriter;

struct Severity {
  int id;
  std::string_view caption;
};

// "severity_id" of the dictionary; what has no level counts as medium, as in all our output.
Severity severity_of(const sigma::Rule& rule) {
  switch (rule.level.value_or(sigma::Level::kMedium)) {
    case sigma::Level::kInformational: return {1, "Informational"};
    case sigma::Level::kLow: return {2, "Low"};
    case sigma::Level::kMedium: return {3, "Medium"};
    case sigma::Level::kHigh: return {4, "High"};
    case sigma::Level::kCritical: return {5, "Critical"};
  }
  return {0, "Unknown"};
}

std::int64_t milliseconds(Instant time) {
  return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

// The names that "cloud.provider" of the dictionary gives as examples; others have none there and
// keep ours.
std::string_view cloud_name(std::string_view provider) {
  if (provider == "aws") return "AWS";
  if (provider == "azure") return "Azure";
  if (provider == "gcp") return "GCP";
  return provider;
}

// Where logs have a service's name in place of an address, it is no "ip" of OCSF's type ip_t.
void write_endpoint(std::string_view text, JsonWriter& json) {
  json.key("src_endpoint").begin_object();
  json.member(text::Address::parse(text) ? "ip" : "name", text).end_object();
}

}  // namespace

void OcsfWriter::append(const detect::Finding& finding, std::string& out) const {
  const sigma::Rule& rule = names_.rule(finding);
  const Severity severity = severity_of(rule);
  JsonWriter json;
  json.begin_object();
  json.member("activity_id", 1).member("activity_name", "Create");
  json.member("category_uid", 2).member("category_name", "Findings");
  json.member("class_uid", 2004).member("class_name", "Detection Finding");
  json.member("type_uid", 200401).member("type_name", "Detection Finding: Create");
  json.member("time", milliseconds(finding.match.time.value_or(now_)));
  json.member("severity_id", severity.id).member("severity", severity.caption);
  json.member("status_id", 1).member("status", "New");
  json.member("message", rule.title).member("count", finding.count);
  write_metadata(finding, json);
  write_info(finding, json);
  write_cloud(finding, json);
  write_evidences(finding, json);
  write_unmapped(finding, json);
  json.end_object();
  out += json.text();
  out += '\n';
}

void OcsfWriter::write_metadata(const detect::Finding& finding, JsonWriter& json) const {
  json.key("metadata").begin_object();
  json.member("version", kOcsfVersion).member("uid", to_hex(finding.id));
  json.member("log_name", names_.log_source(finding));
  if (!names_.provider(finding).empty())
    json.key("profiles").begin_array().string("cloud").end_array();
  json.key("product").begin_object();
  json.member("name", "Nephometer").member("vendor_name", "Nephometer");
  json.member("version", version_).end_object().end_object();
}

void OcsfWriter::write_info(const detect::Finding& finding, JsonWriter& json) const {
  const sigma::Rule& rule = names_.rule(finding);
  json.key("finding_info").begin_object();
  json.member("uid", to_hex(finding.id)).member("title", rule.title);
  if (!rule.description.empty()) json.member("desc", rule.description);
  json.member("created_time", milliseconds(now_));
  if (finding.match.time) json.member("last_seen_time", milliseconds(*finding.match.time));
  json.key("data_sources").begin_array().string(names_.log_source(finding)).end_array();
  // "analytic": type 1 is a rule.
  json.key("analytic").begin_object();
  json.member("type_id", 1).member("type", "Rule");
  json.member("uid", rule.id.value.empty() ? rule.place.file : rule.id.value);
  json.member("name", rule.title).end_object();
  write_attacks(names_.labels[finding.match.rule], json);
  json.end_object();
}

// One "attack" for each technique, with that tactic of the rule which is one of the technique's;
// and for each tactic that no technique of the rule serves.
void OcsfWriter::write_attacks(const RuleLabels& labels, JsonWriter& json) const {
  if (labels.techniques.empty() && labels.tactics.empty()) return;
  std::vector<std::string> left = labels.tactics;
  json.key("attacks").begin_array();
  for (const std::string& text : labels.techniques) {
    const attack::TechniqueId id{text};
    json.begin_object().member("version", catalogue_.version());
    if (const attack::Technique* technique = catalogue_.find(id)) {
      const auto tactic = std::ranges::find_if(technique->tactics, [&](const auto& each) {
        return std::ranges::find(labels.tactics, each.value) != labels.tactics.end();
      });
      if (tactic != technique->tactics.end()) {
        write_tactic(*tactic, json);
        std::erase(left, tactic->value);
      }
    }
    write_technique("technique", attack::parent_of(id), json);
    if (attack::is_subtechnique(id)) write_technique("sub_technique", id, json);
    json.end_object();
  }
  for (const std::string& tactic : left) {
    json.begin_object().member("version", catalogue_.version());
    write_tactic(attack::TacticId{tactic}, json);
    json.end_object();
  }
  json.end_array();
}

void OcsfWriter::write_tactic(const attack::TacticId& id, JsonWriter& json) const {
  json.key("tactic").begin_object().member("uid", id.value);
  if (const attack::Tactic* tactic = catalogue_.find(id)) json.member("name", tactic->name);
  json.end_object();
}

void OcsfWriter::write_technique(std::string_view key, const attack::TechniqueId& id,
                                 JsonWriter& json) const {
  json.key(key).begin_object().member("uid", id.value);
  if (const attack::Technique* technique = catalogue_.find(id)) {
    json.member("name", technique->name);
  }
  json.end_object();
}

// What the profile "cloud" adds.
void OcsfWriter::write_cloud(const detect::Finding& finding, JsonWriter& json) const {
  if (names_.provider(finding).empty()) return;
  json.key("cloud").begin_object().member("provider", cloud_name(names_.provider(finding)));
  if (!finding.match.account.empty()) {
    json.key("account").begin_object().member("uid", finding.match.account).end_object();
  }
  json.end_object();
}

// The events that made the rule fire, by time; the last is the one that the finding shows most of.
void OcsfWriter::write_evidences(const detect::Finding& finding, JsonWriter& json) const {
  const detect::Match& match = finding.match;
  json.key("evidences").begin_array();
  if (finding.correlation) {
    for (const detect::EarlierEvent& event : finding.correlation->earlier) {
      json.begin_object().key("data").begin_object();
      write_place(event, json);
      json.end_object().end_object();
    }
  }
  json.begin_object();
  if (!match.actor.empty()) {
    json.key("actor").begin_object().key("user").begin_object();
    json.member("name", match.actor).end_object().end_object();
  }
  if (!match.source_ip.empty()) write_endpoint(match.source_ip, json);
  json.key("data").begin_object();
  write_place({match.place.file, match.place.line, match.place.offset, finding.index}, json);
  if (!match.event.empty()) json.key("event").raw(text::json_on_one_line(match.event));
  json.end_object().end_object().end_array();
}

void OcsfWriter::write_place(const detect::EarlierEvent& event, JsonWriter& json) const {
  json.member("file", names_.files[event.file]).member("line", event.line);
  json.member("offset", event.offset).member("index", event.index);
}

// The Detection Rule License asks that the author be named with a match.
void OcsfWriter::write_unmapped(const detect::Finding& finding, JsonWriter& json) const {
  const sigma::Rule& rule = names_.rule(finding);
  json.key("unmapped").begin_object().key("rule").begin_object();
  json.member("author", rule.author).member("path", rule.place.file).end_object();
  if (finding.correlation) {
    json.key("group").begin_object();
    const auto& fields = rule.correlation->group_by;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto& value = finding.correlation->group[i];
      json.key(fields[i]);
      if (value) {
        json.string(*value);
      } else {
        json.null();
      }
    }
    json.end_object();
  }
  json.end_object();
}

}  // namespace nepho::report
