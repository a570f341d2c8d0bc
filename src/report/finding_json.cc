#include "report/finding_json.h"

#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

void write_optional(text::JsonWriter& json, std::string_view name, const std::string& value) {
  json.key(name);
  if (value.empty()) {
    json.null();
  } else {
    json.string(value);
  }
}

void write_rule(text::JsonWriter& json, const sigma::Rule& rule) {
  json.key("rule").begin_object();
  json.member("id", rule.id.value).member("title", rule.title).member("author", rule.author);
  json.member("level", rule.level ? to_string(*rule.level) : "medium");
  json.member("path", rule.place.file).end_object();
}

void write_events(text::JsonWriter& json, const std::vector<detect::FindingEvent>& events) {
  json.key("events").begin_array();
  for (const detect::FindingEvent& event : events) {
    json.begin_object().member("file", event.file).member("line", event.line);
    json.member("offset", event.offset).member("index", event.index).end_object();
  }
  json.end_array();
}

// Pretty-printed events have line ends, which outside strings are white space only (a string has
// none: it would not be JSON).
std::string on_one_line(std::string json) {
  for (char& c : json) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return json;
}

}  // namespace

void append_finding(const detect::Finding& finding, const sigma::Rule& rule,
                    const RuleLabels& labels, std::string& out) {
  text::JsonWriter json;
  json.begin_object().member("finding_id", finding.id);
  write_optional(json, "time", finding.time ? text::to_rfc3339(*finding.time) : std::string());
  write_rule(json, rule);
  json.strings("techniques", labels.techniques).strings("tactics", labels.tactics);
  write_optional(json, "provider", finding.provider);
  json.member("log_source", finding.log_source);
  write_optional(json, "actor", finding.actor);
  write_optional(json, "source_ip", finding.source_ip);
  write_optional(json, "account", finding.account);
  json.member("count", finding.count);
  write_events(json, finding.events);
  if (!finding.event.empty()) json.key("event").raw(on_one_line(finding.event));
  json.end_object();
  out += json.text();
  out += '\n';
}

}  // namespace nepho::report
