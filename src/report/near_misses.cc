#include "report/near_misses.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace nepho::report {

Table near_miss_table(const plan::Plan& plan, const std::vector<detect::SilentRule>& silent) {
  Table table({{"RULE THAT NEVER FIRED"},
               {"EVENTS", Align::kRight, false},
               {"AT FAULT"},
               {"WANTED"},
               {"SEEN INSTEAD"},
               {"IN", Align::kRight, false}});
  for (const detect::SilentRule& rule : silent) {
    for (const detect::Fault& fault : rule.faults) {
      const bool is_first = &fault == &rule.faults.front();
      const std::string title = plan.rules()[rule.rule].title;
      table.add_row({is_first ? Cell(title, Tone::kStrong) : Cell(),
                     is_first ? std::to_string(rule.num_events) : std::string(),
                     fault.field.empty() ? "(keyword)" : fault.field, fault.wanted,
                     fmt::format("{}", fmt::join(fault.seen, "\n")),
                     fmt::format("{} of {}", fault.num_events, rule.num_looked_at)});
    }
  }
  return table;
}

void write_near_misses(const plan::Plan& plan, const std::vector<std::string>& files,
                       const std::vector<detect::SilentRule>& silent, text::JsonWriter& json) {
  json.begin_array();
  for (const detect::SilentRule& silent_rule : silent) {
    const sigma::Rule& rule = plan.rules()[silent_rule.rule];
    json.begin_object().key("rule").begin_object();
    json.member("id", rule.id.value).member("title", rule.title);
    json.member("path", rule.place.file).end_object();
    json.member("events", silent_rule.num_events).member("looked_at", silent_rule.num_looked_at);
    json.key("first").begin_object().member("file", files[silent_rule.first.file]);
    json.member("line", silent_rule.first.line).member("offset", silent_rule.first.offset);
    json.end_object().key("faults").begin_array();
    for (const detect::Fault& fault : silent_rule.faults) {
      json.begin_object().member("field", fault.field).member("line", fault.line);
      json.member("wanted", fault.wanted).member("events", fault.num_events);
      json.strings("seen", fault.seen).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace nepho::report
