// What the records of a run hold, source by source: fields, times, people, kinds of events.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "detect/record_watch.h"
#include "plan/plan.h"
#include "text/json.h"

namespace nepho::detect {

// A field path as records have it, arrays passed through.
struct FieldSeen {
  std::uint64_t num_records = 0;  // that have it
  std::string types;              // "string|null", in the order of first sight
  std::string example;            // of a scalar, bounded; untrusted
  std::uint64_t last_record = 0;  // that was counted
  bool is_new = false;            // the schema has neither it nor what it lies in
};

// What one log source's records hold.
struct SourceSurvey {
  std::uint64_t num_records = 0;  // copies of one event included
  std::optional<Instant> first_time;
  std::optional<Instant> last_time;
  std::optional<EventPlace> first_place;
  std::unordered_set<std::uint64_t> actors;              // hashes, at most kMostPeople
  std::unordered_set<std::uint64_t> addresses;           // the same
  std::map<std::string, FieldSeen, std::less<>> fields;  // by path, at most kMostFields
  std::uint64_t num_fields_left_out = 0;                 // sightings beyond
  // Records by their dispatch texts; nothing where a field was not one plain string.
  using Kind = std::vector<std::optional<std::string>>;
  std::map<Kind, std::uint64_t> kinds;  // at most kMostKinds
  bool has_all_kinds = true;

  static constexpr std::size_t kMostPeople = 100'000;
  static constexpr std::size_t kMostFields = 20'000;  // 2 MB; CloudTrail of a year has 8,000
  static constexpr std::size_t kMostKinds = 20'000;   // an account has some 500
};

// One for each shard, joined at the end. Reads each record as a tree, naively: some 10 us a record.
// Memory is bounded by the constants above for each source.
class Survey : public RecordWatch {
 public:
  // The plan must outlive it, and should have been made with PlanOptions::strict.
  explicit Survey(const plan::Plan& plan);

  void saw(const WatchedRecord& record) override;
  void join(Survey& other);

  // By source plan.
  const std::vector<SourceSurvey>& sources() const { return sources_; }

 private:
  void take_people(const WatchedRecord& record, SourceSurvey& survey);
  void take_kind(const WatchedRecord& record, SourceSurvey& survey);
  static bool note_field(const std::string& path, const text::JsonValue& value, bool is_in_new,
                         const event::LogSource* source, SourceSurvey& survey);
  static void take_fields(const text::JsonValue& root, const event::LogSource* source,
                          SourceSurvey& survey);

  const plan::Plan* plan_;
  std::vector<SourceSurvey> sources_;
  std::vector<event::RawValue> values_;
  std::string text_;
};

}  // namespace nepho::detect
