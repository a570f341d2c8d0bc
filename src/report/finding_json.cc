#include "report/finding_json.h"

#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

void write_optional(text::JsonWriter& json, std::string_view name, std::string_view value) {
  json.key(name);
  if (value.empty()) {
    json.null();
  } else {
    json.string(value);
  }
}

void write_event(text::JsonWriter& json, const FindingNames& names,
                 const detect::Finding& finding) {
  const detect::EventPlace& place = finding.match.place;
  json.key("events").begin_array().begin_object();
  json.member("file", names.file(finding)).member("line", place.line);
  json.member("offset", place.offset).member("index", finding.index);
  json.end_object().end_array();
}

}  // namespace

std::string_view FindingNames::log_source(const detect::Finding& finding) const {
  const event::LogSource* source = plan.sources()[finding.match.source_plan]->source;
  return source != nullptr ? std::string_view(source->id) : "generic";
}

std::string_view FindingNames::provider(const detect::Finding& finding) const {
  const event::LogSource* source = plan.sources()[finding.match.source_plan]->source;
  return source != nullptr ? std::string_view(source->provider) : std::string_view{};
}

// "rule", "techniques" and "tactics": members of the finding, without braces around them.
const std::string& FindingWriter::of_rule(const detect::Finding& finding) {
  std::string& made = of_rule_[finding.match.rule];
  if (!made.empty()) return made;
  const sigma::Rule& rule = names_.rule(finding);
  const RuleLabels& labels = names_.labels[finding.match.rule];
  text::JsonWriter json;
  json.begin_object().key("rule").begin_object();
  json.member("id", rule.id.value).member("title", rule.title).member("author", rule.author);
  json.member("level", rule.level ? to_string(*rule.level) : "medium");
  json.member("path", rule.place.file).end_object();
  json.strings("techniques", labels.techniques).strings("tactics", labels.tactics).end_object();
  return made = json.text().substr(1, json.text().size() - 2);
}

void FindingWriter::append(const detect::Finding& finding, std::string& out) {
  const detect::Match& match = finding.match;
  text::JsonWriter json;
  json.begin_object().member("finding_id", to_hex(finding.id));
  write_optional(json, "time", match.time ? text::to_rfc3339(*match.time) : std::string());
  json.members(of_rule(finding));
  write_optional(json, "provider", names_.provider(finding));
  json.member("log_source", names_.log_source(finding));
  write_optional(json, "actor", match.actor);
  write_optional(json, "source_ip", match.source_ip);
  write_optional(json, "account", match.account);
  json.member("count", finding.count);
  write_event(json, names_, finding);
  if (!match.event.empty()) json.key("event").raw(text::json_on_one_line(match.event));
  json.end_object();
  out += json.text();
  out += '\n';
}

}  // namespace nepho::report
