#include "report/summary_json.h"

#include "event/skip_reason.h"
#include "report/near_misses.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

void write_time(text::JsonWriter& json, std::string_view name, const std::optional<Instant>& time) {
  json.key(name);
  if (time) {
    json.string(text::to_rfc3339(*time));
  } else {
    json.null();
  }
}

void write_skipped(text::JsonWriter& json, const stream::RunResult& result,
                   const std::vector<std::string>& files) {
  json.key("skipped_by_reason").begin_object();
  for (std::size_t reason = 0; reason < event::kNumSkipReasons; ++reason) {
    const std::uint64_t count = result.counters.skipped[reason];
    if (count != 0) json.member(to_string(static_cast<event::SkipReason>(reason)), count);
  }
  json.end_object();
  json.key("skipped_records").begin_array();
  for (const auto& skipped : result.skipped) {
    json.begin_object().member("file", files[skipped.file]).member("line", skipped.line);
    json.member("offset", skipped.offset).member("reason", to_string(skipped.reason)).end_object();
  }
  json.end_array();
}

// Only where there are correlations.
void write_correlation(text::JsonWriter& json, const stream::CorrelationAccount& account) {
  json.key("correlation").begin_object();
  json.member("matches", account.matches).member("untimed", account.untimed);
  json.member("late", account.counters.late);
  json.member("groups_left_out", account.counters.groups_left);
  json.member("values_left_out", account.counters.values_left);
  json.member("without_weeks", account.counters.without_weeks).end_object();
}

}  // namespace

std::string summary_json(const plan::Plan& plan, const stream::RunResult& result,
                         const std::vector<std::string>& files, std::uint64_t num_refused,
                         std::chrono::duration<double> took,
                         const std::vector<detect::SilentRule>* silent) {
  const detect::Counters& counters = result.counters;
  text::JsonWriter json(2);
  json.begin_object().member("schema", "nephometer/summary/1");
  json.member("files", result.num_files).member("bytes", result.bytes);
  json.member("received", counters.received()).member("events", counters.events);
  json.member("skipped", counters.num_skipped());
  write_skipped(json, result, files);
  json.member("duplicates", counters.duplicates).member("unparsed", counters.unparsed);
  json.key("by_log_source").begin_object();
  for (std::size_t index = 0; index < counters.by_source.size(); ++index) {
    const event::LogSource* source = plan.sources()[index]->source;
    if (counters.by_source[index] == 0) continue;
    json.member(source != nullptr ? std::string_view(source->id) : "generic",
                counters.by_source[index]);
  }
  json.end_object();
  json.member("rules", plan.rules().size()).member("rules_refused", num_refused);
  json.member("findings", result.num_findings);
  write_time(json, "first_time", counters.first_time);
  write_time(json, "last_time", counters.last_time);
  if (!plan.correlations().empty()) write_correlation(json, result.correlation);
  if (silent != nullptr) {
    json.key("near_misses");
    write_near_misses(plan, files, *silent, json);
  }
  json.key("seconds").number(took.count(), 3);
  json.member("complete", !result.was_stopped).end_object();
  return json.take() + '\n';
}

}  // namespace nepho::report
