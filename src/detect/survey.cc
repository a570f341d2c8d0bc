// A record's fields are walked with an explicit stack; a path is built once a value, in one string
// that grows and shrinks with the depth.
#include "detect/survey.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace nepho::detect {
namespace {

using text::JsonType;
using text::JsonValue;

constexpr std::size_t kMostExampleBytes = 120;
// Dispatch texts longer than this are no names of events; they count as not plain.
constexpr std::size_t kMostKindBytes = 256;

std::string_view type_name(JsonType type) {
  switch (type) {
    case JsonType::kNull: return "null";
    case JsonType::kFalse:
    case JsonType::kTrue: return "boolean";
    case JsonType::kNumber: return "number";
    case JsonType::kString: return "string";
    case JsonType::kArray: return "array";
    case JsonType::kObject: break;
  }
  return "object";
}

void add_type(std::string_view type, std::string& types) {
  if (types.find(type) != std::string::npos) return;
  types.append(types.empty() ? "" : "|").append(type);
}

void note_value(const JsonValue& value, std::uint64_t record, FieldSeen& seen) {
  if (seen.last_record != record) ++seen.num_records;
  seen.last_record = record;
  add_type(type_name(value.type()), seen.types);
  if (seen.example.empty() && !value.is_container() && value.type() != JsonType::kNull)
    seen.example = value.text().substr(0, kMostExampleBytes);
}

template <typename Time>
void widen(const std::optional<Time>& time, std::optional<Time>& first, std::optional<Time>& last) {
  if (!time) return;
  if (!first || *time < *first) first = time;
  if (!last || *time > *last) last = time;
}

void join_hashes(const std::unordered_set<std::uint64_t>& more,
                 std::unordered_set<std::uint64_t>& all) {
  for (const std::uint64_t hash : more) {
    if (all.size() < SourceSurvey::kMostPeople) all.insert(hash);
  }
}

void add_kind(const SourceSurvey::Kind& kind, std::uint64_t count, SourceSurvey& survey) {
  const auto known = survey.kinds.find(kind);
  if (known != survey.kinds.end()) {
    known->second += count;
  } else if (survey.kinds.size() < SourceSurvey::kMostKinds) {
    survey.kinds.emplace(kind, count);
  } else {
    survey.has_all_kinds = false;
  }
}

void join_fields(const SourceSurvey& more, SourceSurvey& all) {
  all.num_fields_left_out += more.num_fields_left_out;
  for (const auto& [path, seen] : more.fields) {
    const auto known = all.fields.find(path);
    if (known == all.fields.end()) {
      if (all.fields.size() < SourceSurvey::kMostFields) {
        all.fields.emplace(path, seen);
      } else {
        all.num_fields_left_out += seen.num_records;
      }
      continue;
    }
    known->second.num_records += seen.num_records;
    for (std::size_t begin = 0; begin < seen.types.size();) {
      const std::size_t end = std::min(seen.types.find('|', begin), seen.types.size());
      add_type(std::string_view(seen.types).substr(begin, end - begin), known->second.types);
      begin = end + 1;
    }
    // Of two examples the lesser, so that the number of threads does not show.
    if (known->second.example.empty() ||
        (!seen.example.empty() && seen.example < known->second.example))
      known->second.example = seen.example;
  }
}

// What is known of a source's records without its schema: where other systems put its fields.
bool is_named(const event::LogSource& source, std::string_view path) {
  const auto reaches = [&](const std::string& known) {
    const std::size_t common = std::min(known.size(), path.size());
    return known.substr(0, common) == path.substr(0, common) &&
           (known.size() == path.size() ||
            (known.size() > common ? known[common] : path[common]) == '.');
  };
  for (const event::FieldAlias& alias : source.aliases) {
    if (std::ranges::any_of(alias.paths, reaches)) return true;
  }
  for (const auto* paths :
       {&source.time, &source.unique_id, &source.actor, &source.source_ip, &source.user_agent,
        &source.account, &source.region, &source.outcome, &source.event_name, &source.inner_json}) {
    if (std::ranges::any_of(*paths, reaches)) return true;
  }
  return std::ranges::any_of(source.recognised_by, [&](const auto& group) {
    return std::ranges::any_of(group, [&](const event::Sign& sign) { return reaches(sign.path); });
  });
}

bool is_new(const event::LogSource* source, std::string_view path) {
  if (source == nullptr || source->schema.empty()) return true;
  return !source->knows(path) && !is_named(*source, path);
}

}  // namespace

Survey::Survey(const plan::Plan& plan) : plan_(&plan), sources_(plan.sources().size()) {}

void Survey::saw(const WatchedRecord& record) {
  SourceSurvey& survey = sources_[record.source_plan];
  ++survey.num_records;
  widen(record.time, survey.first_time, survey.last_time);
  if (!survey.first_place || record.place < *survey.first_place) survey.first_place = record.place;
  take_people(record, survey);
  take_kind(record, survey);
  const auto document = text::JsonDocument::parse(std::string(record.view.source()));
  if (document) take_fields(document->root(), plan_->sources()[record.source_plan]->source, survey);
}

void Survey::take_people(const WatchedRecord& record, SourceSurvey& survey) {
  const plan::SourcePlan& source = *plan_->sources()[record.source_plan];
  for (const auto& [paths, people] : {std::pair(&source.actor, &survey.actors),
                                      std::pair(&source.source_ip, &survey.addresses)}) {
    for (const event::FieldPath& path : *paths) {
      values_.clear();
      record.view.resolve(path, values_);
      if (values_.empty() || values_[0].type != JsonType::kString) continue;
      if (people->size() < SourceSurvey::kMostPeople) people->insert(hash64(values_[0].raw));
      break;
    }
  }
}

void Survey::take_kind(const WatchedRecord& record, SourceSurvey& survey) {
  const plan::SourcePlan& source = *plan_->sources()[record.source_plan];
  if (source.dispatch_slots.empty()) return;
  SourceSurvey::Kind kind;
  for (const std::uint32_t slot : source.dispatch_slots) {
    values_.clear();
    record.view.resolve(source.slots[slot], values_);
    const bool is_plain = values_.size() == 1 && values_[0].type == JsonType::kString &&
                          values_[0].raw.size() <= kMostKindBytes;
    if (values_.empty()) {
      kind.emplace_back("");
    } else if (is_plain) {
      text_.clear();
      event::append_text(values_[0], text_);
      kind.emplace_back(text_);
    } else {
      kind.emplace_back(std::nullopt);
    }
  }
  add_kind(kind, 1, survey);
}

// Counts the value at `path`; whether it lies in a field that no schema has.
bool Survey::note_field(const std::string& path, const JsonValue& value, bool is_in_new,
                        const event::LogSource* source, SourceSurvey& survey) {
  auto seen = survey.fields.find(path);
  if (seen == survey.fields.end()) {
    if (survey.fields.size() >= SourceSurvey::kMostFields) {
      ++survey.num_fields_left_out;
      return is_in_new;
    }
    seen = survey.fields.emplace(path, FieldSeen{}).first;
    seen->second.is_new = !is_in_new && is_new(source, path);
  }
  note_value(value, survey.num_records, seen->second);
  return is_in_new || seen->second.is_new;
}

void Survey::take_fields(const JsonValue& root, const event::LogSource* source,
                         SourceSurvey& survey) {
  struct Step {
    JsonValue value;
    std::size_t path_size;  // of what lies in front of it
    bool is_in_new;
  };
  std::vector<Step> pending{{root, 0, false}};
  std::string path;
  while (!pending.empty()) {
    Step at = pending.back();
    pending.pop_back();
    path.resize(at.path_size);
    if (!at.value.key().empty()) {
      path.append(path.empty() ? "" : ".").append(at.value.key());
      at.is_in_new = note_field(path, at.value, at.is_in_new, source, survey);
    }
    const auto first = static_cast<std::ptrdiff_t>(pending.size());
    for (const JsonValue& child : at.value.children())
      pending.push_back({child, path.size(), at.is_in_new});
    std::reverse(pending.begin() + first, pending.end());
  }
}

void Survey::join(Survey& other) {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    SourceSurvey& all = sources_[i];
    const SourceSurvey& more = other.sources_[i];
    all.num_records += more.num_records;
    widen(more.first_time, all.first_time, all.last_time);
    widen(more.last_time, all.first_time, all.last_time);
    if (more.first_place && (!all.first_place || *more.first_place < *all.first_place))
      all.first_place = more.first_place;
    join_hashes(more.actors, all.actors);
    join_hashes(more.addresses, all.addresses);
    join_fields(more, all);
    all.has_all_kinds = all.has_all_kinds && more.has_all_kinds;
    for (const auto& [kind, count] : more.kinds) add_kind(kind, count, all);
  }
}

}  // namespace nepho::detect
