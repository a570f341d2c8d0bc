#include "report/finding_json.h"

#include <array>
#include <charconv>

#include "report/measurement.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

// Findings come by the hundred thousand: their fixed parts are written as they are, without a
// JsonWriter that would count brackets for each.

// `member` is ,"name": with the comma.
void append_optional(std::string_view member, std::string_view value, std::string& out) {
  out += member;
  if (value.empty()) {
    out += "null";
  } else {
    text::append_json_quoted(value, out);
  }
}

void append_time(std::string_view member, const std::optional<Instant>& time, std::string& out) {
  out += member;
  if (!time) {
    out += "null";
    return;
  }
  out += '"';
  text::append_rfc3339(*time, out);
  out += '"';
}

void append_number(std::string_view member, std::uint64_t number, std::string& out) {
  std::array<char, 20> digits;  // of the largest
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out += member;
  out.append(digits.data(), end);
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

// What is the same in all findings of a rule in one kind of log: "rule", "techniques", "tactics",
// "provider" and "log_source", as members without braces around them.
const std::string& FindingWriter::of_rule(const detect::Finding& finding) {
  auto& [source_plan, made] = of_rule_[finding.match.rule];
  if (!made.empty() && source_plan == finding.match.source_plan) return made;
  const sigma::Rule& rule = names_.rule(finding);
  const RuleLabels& labels = names_.labels[finding.match.rule];
  text::JsonWriter json;
  json.begin_object().key("rule").begin_object();
  json.member("id", rule.id.value).member("title", rule.title).member("author", rule.author);
  json.member("level", rule.level ? to_string(*rule.level) : "medium");
  json.member("path", rule.place.file).end_object();
  json.strings("techniques", labels.techniques).strings("tactics", labels.tactics);
  const std::string_view provider = names_.provider(finding);
  json.key("provider");
  if (provider.empty()) {
    json.null();
  } else {
    json.string(provider);
  }
  json.member("log_source", names_.log_source(finding)).end_object();
  source_plan = finding.match.source_plan;
  return made = json.text().substr(1, json.text().size() - 2);
}

// "group", by the rule's own field names.
void FindingWriter::append_group(const detect::Finding& finding, std::string& out) const {
  const auto& fields = names_.rule(finding).correlation->group_by;
  out += R"(,"group":{)";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i != 0) out += ',';
    text::append_json_quoted(fields[i], out);
    out += ':';
    const auto& value = finding.correlation->group[i];
    if (value) {
      text::append_json_quoted(*value, out);
    } else {
      out += "null";
    }
  }
  out += '}';
}

const std::string& FindingWriter::quoted_file(std::uint32_t file) {
  if (quoted_file_.empty() || quoted_file_number_ != file) {
    quoted_file_number_ = file;
    quoted_file_.clear();
    text::append_json_quoted(names_.files[file], quoted_file_);
  }
  return quoted_file_;
}

void FindingWriter::append_event(const detect::EarlierEvent& event, std::string& out) {
  out += R"({"file":)";
  out += quoted_file(event.file);
  append_number(R"(,"line":)", event.line, out);
  append_number(R"(,"offset":)", event.offset, out);
  append_number(R"(,"index":)", event.index, out);
  out += '}';
}

void FindingWriter::append(const detect::Finding& finding, std::string& out) {
  const detect::Match& match = finding.match;
  const detect::EventPlace& place = match.place;
  out += R"({"finding_id":")";
  append_hex(finding.id, out);
  append_time(R"(","time":)", match.time, out);
  out += ',';
  out += of_rule(finding);
  append_optional(R"(,"actor":)", match.actor, out);
  append_optional(R"(,"source_ip":)", match.source_ip, out);
  append_optional(R"(,"account":)", match.account, out);
  append_number(R"(,"count":)", finding.count, out);
  if (finding.correlation) {
    append_group(finding, out);
    out += R"(,"measured":)";
    out += measurement_json(*names_.rule(finding).correlation, finding.correlation->measured);
  }
  out += R"(,"events":[)";
  if (finding.correlation) {
    for (const detect::EarlierEvent& event : finding.correlation->earlier) {
      append_event(event, out);
      out += ',';
    }
  }
  append_event({place.file, place.line, place.offset, finding.index}, out);
  out += ']';
  if (!match.event.empty()) {
    out += R"(,"event":)";
    out += text::json_on_one_line(match.event);
  }
  out += "}\n";
}

}  // namespace nepho::report
