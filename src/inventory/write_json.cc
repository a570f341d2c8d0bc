#include "inventory/write_json.h"

namespace nepho::inventory {
namespace {

void write(const Problem& problem, text::JsonWriter& json) {
  json.begin_object()
      .member("code", problem.error.code.name())
      .member("severity", to_string(problem.severity))
      .member("message", problem.error.message);
  if (problem.error.place.line != 0) json.member("line", problem.error.place.line);
  if (problem.error.place.column != 0) json.member("column", problem.error.place.column);
  if (!problem.error.hint.empty()) json.member("hint", problem.error.hint);
  if (!problem.fix.empty()) json.member("fix", problem.fix);
  json.end_object();
}

void write(const Mapping& mapping, text::JsonWriter& json) {
  json.begin_object()
      .member("kind", mapping.is_tactic ? "tactic" : "technique")
      .member("written", mapping.written)
      .key("current");
  mapping.current.empty() ? json.null() : json.string(mapping.current);
  if (mapping.line != 0) json.member("line", mapping.line);
  if (mapping.column != 0) json.member("column", mapping.column);
  json.end_object();
}

}  // namespace

void write(const Detection& detection, text::JsonWriter& json) {
  json.begin_object()
      .member("id", detection.id)
      .member("name", detection.name)
      .member("format", detection.format)
      .member("path", detection.path)
      .strings("providers", detection.providers)
      .strings("log_sources", detection.log_sources)
      .strings("techniques", detection.techniques)
      .strings("tactics", detection.tactics);
  json.key("level");
  detection.level ? json.string(*detection.level) : json.null();
  json.key("status");
  detection.status.empty() ? json.null() : json.string(detection.status);
  json.member("enabled", detection.enabled).member("runnable", detection.runnable);
  if (detection.is_silent) json.member("feeds_only", true);
  if (detection.duplicate_of) {
    json.key("duplicate_of").begin_object().member("id", detection.duplicate_of->id);
    json.member("path", detection.duplicate_of->place.file);
    json.member("line", detection.duplicate_of->place.line).end_object();
  }
  if (!detection.suggestions.empty()) {
    json.key("suggestions").begin_array();
    for (const Suggestion& suggestion : detection.suggestions) {
      json.begin_object().member("technique", suggestion.technique);
      json.key("confidence").number(suggestion.confidence, 3);
      json.strings("events", suggestion.events).end_object();
    }
    json.end_array();
  }
  json.key("mappings").begin_array();
  for (const Mapping& mapping : detection.mappings) write(mapping, json);
  json.end_array();
  json.key("problems").begin_array();
  for (const Problem& problem : detection.problems) write(problem, json);
  json.end_array().end_object();
}

}  // namespace nepho::inventory
