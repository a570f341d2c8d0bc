#include "report/survey.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/printable.h"
#include "event/skip_reason.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using detect::FieldSeen;
using detect::RuleChance;
using detect::SourceSurvey;
using Verdict = RuleChance::Verdict;

constexpr std::size_t kMostEventsShown = 20;
constexpr std::size_t kMostFieldsInJson = 1000;
constexpr std::size_t kMostWantedShown = 3;

std::string time_text(const std::optional<Instant>& time) {
  return time ? text::to_rfc3339(*time) : std::string();
}

std::string_view id_of(const plan::SourcePlan& plan) {
  return plan.source != nullptr ? std::string_view(plan.source->id) : "generic";
}

// Calls `visit(plan, survey, index)` for each log source that has records, the most first.
template <typename Visit>
void for_each_source(const SurveyOf& survey, Visit visit) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < survey.sources.size(); ++i) {
    if (survey.sources[i].num_records != 0) order.push_back(i);
  }
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return survey.sources[i].num_records; });
  for (const std::size_t i : order) visit(*survey.plan.sources()[i], survey.sources[i], i);
}

struct RuleCount {
  std::size_t bound = 0;
  std::size_t could = 0;
};

// Of one log source: a rule that several feed may hold for the records of another.
RuleCount rule_count(const SurveyOf& survey, const plan::SourcePlan& plan) {
  RuleCount count{.bound = plan.rules.size()};
  for (const std::uint32_t rule : plan.rules)
    count.could += survey.chances[rule].verdict == Verdict::kCould ? 1U : 0U;
  return count;
}

using Field = std::pair<std::string_view, const FieldSeen*>;

std::vector<Field> new_fields(const SourceSurvey& survey) {
  std::vector<Field> fields;
  for (const auto& [path, seen] : survey.fields) {
    if (seen.is_new) fields.emplace_back(path, &seen);
  }
  std::ranges::stable_sort(fields, std::ranges::greater{},
                           [](const Field& field) { return field.second->num_records; });
  return fields;
}

using KindCount = std::pair<const SourceSurvey::Kind*, std::uint64_t>;

std::vector<KindCount> commonest_kinds(const SourceSurvey& survey) {
  std::vector<KindCount> kinds;
  for (const auto& [kind, count] : survey.kinds) kinds.emplace_back(&kind, count);
  std::ranges::stable_sort(kinds, std::ranges::greater{}, &KindCount::second);
  if (kinds.size() > kMostEventsShown) kinds.resize(kMostEventsShown);
  return kinds;
}

// The first record that was skipped for this reason; nullptr where only others are at hand.
const detect::SkippedRecord* first_skipped(const SurveyOf& survey, event::SkipReason reason) {
  const auto& skipped = survey.result.skipped;
  const auto found = std::ranges::find(skipped, reason, &detect::SkippedRecord::reason);
  return found == skipped.end() ? nullptr : &*found;
}

template <typename Visit>
void for_each_reason(const SurveyOf& survey, Visit visit) {
  for (std::size_t i = 0; i < event::kNumSkipReasons; ++i) {
    const auto reason = static_cast<event::SkipReason>(i);
    if (survey.result.counters.skipped[i] != 0)
      visit(reason, survey.result.counters.skipped[i], first_skipped(survey, reason));
  }
}

std::string people(std::size_t count) {
  return fmt::format("{}{}", count, count >= SourceSurvey::kMostPeople ? "+" : "");
}

void write_time(text::JsonWriter& json, std::string_view name, const std::optional<Instant>& time) {
  json.key(name);
  if (time) {
    json.string(text::to_rfc3339(*time));
  } else {
    json.null();
  }
}

void write_place(text::JsonWriter& json, const SurveyOf& survey, std::uint32_t file,
                 std::uint64_t line, std::uint64_t offset) {
  json.member("file", survey.files[file]).member("line", line).member("offset", offset);
}

void write_kinds(text::JsonWriter& json, const plan::SourcePlan& plan, const SourceSurvey& survey) {
  json.key("events").begin_array();
  for (const auto& [kind, count] : commonest_kinds(survey)) {
    json.begin_object().key("names").begin_object();
    for (std::size_t i = 0; i < kind->size(); ++i) {
      json.key(plan.source->dispatch[i]);
      if ((*kind)[i]) {
        json.string(*(*kind)[i]);
      } else {
        json.null();
      }
    }
    json.end_object().member("records", count).end_object();
  }
  json.end_array();
}

void write_fields(text::JsonWriter& json, const SourceSurvey& survey) {
  const auto fields = new_fields(survey);
  json.key("new_fields").begin_array();
  for (std::size_t i = 0; i < std::min(fields.size(), kMostFieldsInJson); ++i) {
    const auto& [path, seen] = fields[i];
    json.begin_object().member("path", path).member("records", seen->num_records);
    json.member("types", seen->types).member("example", seen->example).end_object();
  }
  json.end_array();
  json.member("new_fields_left_out", fields.size() - std::min(fields.size(), kMostFieldsInJson));
  json.member("is_every_field_known", survey.num_fields_left_out == 0);
}

void write_source(text::JsonWriter& json, const SurveyOf& survey, const plan::SourcePlan& plan,
                  const SourceSurvey& source, std::size_t index) {
  json.begin_object().member("id", id_of(plan));
  json.member("provider", plan.source != nullptr ? plan.source->provider : std::string());
  json.member("title", plan.source != nullptr ? plan.source->title : std::string("Generic JSON"));
  json.member("records", survey.result.counters.by_source[index]);
  write_time(json, "first_time", source.first_time);
  write_time(json, "last_time", source.last_time);
  json.member("actors", source.actors.size()).member("addresses", source.addresses.size());
  json.key("first").begin_object();
  write_place(json, survey, source.first_place->file, source.first_place->line,
              source.first_place->offset);
  json.end_object();
  write_kinds(json, plan, source);
  write_fields(json, source);
  const RuleCount rules = rule_count(survey, plan);
  json.key("rules").begin_object().member("bound", rules.bound).member("could_fire", rules.could);
  json.end_object().end_object();
}

void write_skipped(text::JsonWriter& json, const SurveyOf& survey) {
  json.key("skipped").begin_array();
  for_each_reason(survey, [&](event::SkipReason reason, std::uint64_t count,
                              const detect::SkippedRecord* first) {
    json.begin_object().member("reason", to_string(reason)).member("records", count);
    json.member("explanation", event::explain(reason));
    if (first != nullptr) write_place(json, survey, first->file, first->line, first->offset);
    json.end_object();
  });
  json.end_array();
}

void write_rules(text::JsonWriter& json, const SurveyOf& survey) {
  json.key("rules").begin_array();
  for (std::size_t i = 0; i < survey.chances.size(); ++i) {
    const sigma::Rule& rule = survey.plan.rules()[i];
    if (rule.correlation) continue;
    const RuleChance& chance = survey.chances[i];
    json.begin_object().member("id", rule.id.value).member("title", rule.title);
    json.member("path", rule.place.file);
    json.member("could_fire", chance.verdict == Verdict::kCould);
    json.member("verdict", to_string(chance.verdict)).member("detail", to_sentence(chance));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCould: return "could-fire";
    case Verdict::kNoEvent: return "event-not-seen";
    case Verdict::kNoField: return "field-not-seen";
    case Verdict::kNoRecord: return "log-source-not-seen";
    case Verdict::kUnknown: break;
  }
  return "unknown-log-source";
}

std::string to_sentence(const RuleChance& chance) {
  switch (chance.verdict) {
    case Verdict::kCould: return "its events and fields occur";
    case Verdict::kNoField:
      return fmt::format("no record has the field '{}'", escape_for_log(chance.field));
    case Verdict::kNoRecord: return "no record of its log source";
    case Verdict::kUnknown: return "no log source known here feeds it";
    case Verdict::kNoEvent: break;
  }
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(chance.wanted.size(), kMostWantedShown); ++i)
    shown.push_back(escape_for_log(chance.wanted[i]));
  std::string wanted = fmt::format("{}", fmt::join(shown, " or "));
  if (chance.wanted.size() > shown.size())
    wanted += fmt::format(" or {} more", chance.wanted.size() - shown.size());
  return fmt::format("no event with {} {}", escape_for_log(chance.field), wanted);
}

Table survey_sources(const SurveyOf& survey) {
  Table table({{"SOURCE", Align::kLeft, false},
               {"RECORDS", Align::kRight, false},
               {"FIRST"},
               {"LAST"},
               {"ACTORS", Align::kRight, false},
               {"ADDRESSES", Align::kRight, false},
               {"NEW FIELDS", Align::kRight, false},
               {"RULES", Align::kRight, false},
               {"COULD FIRE", Align::kRight, false}});
  for_each_source(survey, [&](const plan::SourcePlan& plan, const SourceSurvey& source,
                              std::size_t index) {
    const RuleCount rules = rule_count(survey, plan);
    table.add_row(
        {Cell(id_of(plan), Tone::kStrong), std::to_string(survey.result.counters.by_source[index]),
         time_text(source.first_time), time_text(source.last_time), people(source.actors.size()),
         people(source.addresses.size()), std::to_string(new_fields(source).size()),
         std::to_string(rules.bound), std::to_string(rules.could)});
  });
  return table;
}

Table survey_events(const SurveyOf& survey) {
  Table table({{"SOURCE", Align::kLeft, false}, {"EVENT"}, {"RECORDS", Align::kRight, false}});
  for_each_source(survey, [&](const plan::SourcePlan& plan, const SourceSurvey& source,
                              std::size_t) {
    for (const auto& [kind, count] : commonest_kinds(source)) {
      std::vector<std::string> names;
      for (const auto& name : *kind) names.push_back(name ? *name : "(not one text)");
      table.add_row({id_of(plan), fmt::format("{}", fmt::join(names, " ")), std::to_string(count)});
    }
  });
  return table;
}

Table survey_skipped(const SurveyOf& survey) {
  Table table({{"NOT READ", Align::kLeft, false},
               {"RECORDS", Align::kRight, false},
               {"WHY"},
               {"FIRST AT"}});
  for_each_reason(survey, [&](event::SkipReason reason, std::uint64_t count,
                              const detect::SkippedRecord* first) {
    const std::string place =
        first == nullptr ? "" : fmt::format("{}:{}", survey.files[first->file], first->line);
    table.add_row({Cell(to_string(reason), Tone::kBad), std::to_string(count),
                   event::explain(reason), place});
  });
  return table;
}

Table survey_fields(const SurveyOf& survey, std::size_t most) {
  Table table({{"SOURCE", Align::kLeft, false},
               {"NEW FIELD"},
               {"RECORDS", Align::kRight, false},
               {"TYPES"},
               {"FOR EXAMPLE"}});
  for_each_source(survey, [&](const plan::SourcePlan& plan, const SourceSurvey& source,
                              std::size_t) {
    const auto fields = new_fields(source);
    for (std::size_t i = 0; i < std::min(fields.size(), most); ++i) {
      const auto& [path, seen] = fields[i];
      table.add_row(
          {id_of(plan), path, std::to_string(seen->num_records), seen->types, seen->example});
    }
    if (fields.size() > most)
      table.add_row({id_of(plan), fmt::format("and {} more", fields.size() - most), "", "", ""});
  });
  return table;
}

Table survey_rules(const SurveyOf& survey) {
  Table table({{"RULE THAT CANNOT FIRE"}, {"VERDICT", Align::kLeft, false}, {"WHY"}});
  for (const Verdict verdict : {Verdict::kNoField, Verdict::kNoEvent}) {
    for (std::size_t i = 0; i < survey.chances.size(); ++i) {
      if (survey.chances[i].verdict != verdict) continue;
      table.add_row(
          {survey.plan.rules()[i].title,
           Cell(to_string(verdict), verdict == Verdict::kNoField ? Tone::kBad : Tone::kMiddling),
           to_sentence(survey.chances[i])});
    }
  }
  return table;
}

std::string survey_json(const SurveyOf& survey) {
  const detect::Counters& counters = survey.result.counters;
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/sources/1");
  json.member("files", survey.result.num_files).member("bytes", survey.result.bytes);
  json.member("received", counters.received()).member("events", counters.events);
  json.member("duplicates", counters.duplicates);
  write_skipped(json, survey);
  json.key("unreadable").begin_array();
  for (const Problem& problem : survey.result.report.problems())
    json.begin_object().member("message", to_string(problem)).end_object();
  json.end_array().key("sources").begin_array();
  for_each_source(survey,
                  [&](const plan::SourcePlan& plan, const SourceSurvey& source, std::size_t index) {
                    write_source(json, survey, plan, source, index);
                  });
  json.end_array();
  write_rules(json, survey);
  json.member("complete", !survey.result.was_stopped).end_object();
  return json.take() + '\n';
}

}  // namespace nepho::report
