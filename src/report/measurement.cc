#include "report/measurement.h"

#include <fmt/format.h>

#include "base/printable.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using detect::Measurement;
using sigma::Correlation;
using sigma::CorrelationType;

constexpr double kNanosecondsPerSecond = 1e9;

// Of the number that the limits are held against.
std::string_view what_is_limited(CorrelationType type) {
  switch (type) {
    case CorrelationType::kEventCount: return "events";
    case CorrelationType::kValueCount:
    case CorrelationType::kBurst: return "distinct_values";
    case CorrelationType::kTemporal: return "rules";
    case CorrelationType::kTemporalOrdered: return "rules_in_order";
    case CorrelationType::kValueSum: return "sum";
    case CorrelationType::kValueAverage: return "average";
    case CorrelationType::kValuePercentile: return "percentile";
    case CorrelationType::kValueMedian: return "median";
    case CorrelationType::kVolume: return "z";
    case CorrelationType::kRare: return "share";
    case CorrelationType::kVelocity: return "kmh";
    case CorrelationType::kNewValue: break;
  }
  return "";
}

// Those that have an event in the window, as the correlation names them.
std::vector<std::string> rules_present(const Correlation& correlation, std::uint64_t rules) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < correlation.rules.size(); ++i) {
    if ((rules >> i & 1U) != 0) names.push_back(correlation.rules[i].text);
  }
  return names;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// ---- JSON ----

void write_limits(text::JsonWriter& json, const Correlation& correlation,
                  const Measurement& measured) {
  if (correlation.thresholds.empty()) return;
  json.member("what", what_is_limited(correlation.type));
  if (correlation.type == CorrelationType::kValuePercentile)
    json.key("percentile").number(correlation.percentile);
  json.key("value");
  if (measured.value) {
    json.raw(plan::to_decimal(*measured.value));
  } else {
    json.null();
  }
  json.key("condition").begin_object();
  for (const sigma::Threshold& threshold : correlation.thresholds)
    json.key(to_string(threshold.relation)).number(threshold.limit);
  json.end_object();
}

void write_burst(text::JsonWriter& json, const Correlation& correlation,
                 const Measurement& measured) {
  json.member("events", measured.num_events).member("denied", measured.num_denied);
  json.key("denied_share").number(share(measured.num_denied, measured.num_events));
  if (correlation.behaviour.denials)
    json.key("least_denied_share").number(*correlation.behaviour.denials);
}

void write_volume(text::JsonWriter& json, const Measurement& measured) {
  json.key("total").raw(plan::to_decimal(measured.total));
  if (!measured.baseline) return;
  json.key("baseline").begin_object();
  json.key("median").number(measured.baseline->median);
  json.key("spread").number(measured.baseline->spread);
  json.member("windows", measured.baseline->num_windows);
  json.member("weekly", measured.baseline->is_weekly).end_object();
}

void write_value(text::JsonWriter& json, const Measurement& measured) {
  json.strings("values", measured.values);
  if (measured.known_since) json.member("known_since", text::to_rfc3339(*measured.known_since));
}

// What only some types have.
void write_parts(text::JsonWriter& json, const Correlation& correlation,
                 const Measurement& measured) {
  switch (correlation.type) {
    case CorrelationType::kTemporal:
    case CorrelationType::kTemporalOrdered:
      json.strings("rules", rules_present(correlation, measured.rules));
      return;
    case CorrelationType::kNewValue: return write_value(json, measured);
    case CorrelationType::kRare:
      write_value(json, measured);
      json.member("seen", measured.num_seen).member("of", measured.num_events);
      return;
    case CorrelationType::kBurst: return write_burst(json, correlation, measured);
    case CorrelationType::kVolume: return write_volume(json, measured);
    case CorrelationType::kVelocity:
      json.key("km").number(measured.distance_km, 1);
      json.key("seconds").number(static_cast<double>(measured.took) / kNanosecondsPerSecond);
      return;
    case CorrelationType::kEventCount:
    case CorrelationType::kValueCount: return;
    default: json.member("numbers", measured.num_events);
  }
}

// ---- words ----

// As a rule writes it: "10m", "90s".
std::string timespan_text(std::chrono::seconds span) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t seconds = span.count();
  if (seconds % kDay == 0) return fmt::format("{}d", seconds / kDay);
  if (seconds % kHour == 0) return fmt::format("{}h", seconds / kHour);
  if (seconds % kMinute == 0) return fmt::format("{}m", seconds / kMinute);
  return fmt::format("{}s", seconds);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  return fmt::format("{}", fmt::join(texts, between));
}

// "awsRegion eu-west-3"
std::string fields_with_values(const Correlation& correlation, const Measurement& measured) {
  std::string text;
  for (std::size_t i = 0; i < correlation.fields.size() && i < measured.values.size(); ++i)
    text += (i == 0 ? "" : ", ") + correlation.fields[i] + " " + escape_for_log(measured.values[i]);
  return text;
}

std::string limits_text(const Correlation& correlation) {
  std::string text;
  for (const sigma::Threshold& threshold : correlation.thresholds)
    text += fmt::format("{}{} {:g}", text.empty() ? "" : ", ", to_string(threshold.relation),
                        threshold.limit);
  return text;
}

// The middle of the words: what was measured, without the limits.
std::string said(const Correlation& correlation, const Measurement& measured) {
  const std::string value = measured.value ? plan::to_decimal(*measured.value) : "";
  const std::string span = timespan_text(correlation.timespan);
  const std::string fields = joined(correlation.fields, " and ");
  switch (correlation.type) {
    case CorrelationType::kEventCount: return fmt::format("{} events in {}", value, span);
    case CorrelationType::kValueCount:
      return fmt::format("{} different {} in {}", value, fields, span);
    case CorrelationType::kTemporal:
    case CorrelationType::kTemporalOrdered:
      return fmt::format("in {}: {}", span,
                         joined(rules_present(correlation, measured.rules), ", "));
    case CorrelationType::kNewValue:
      return fields_with_values(correlation, measured) + ": new since " +
             (measured.known_since ? text::to_rfc3339(*measured.known_since) : "");
    case CorrelationType::kRare:
      return fmt::format("{}: {} of {} before", fields_with_values(correlation, measured),
                         measured.num_seen, measured.num_events);
    case CorrelationType::kBurst:
      return fmt::format("{} different {} in {}, {} of {} denied", value, fields, span,
                         measured.num_denied, measured.num_events);
    case CorrelationType::kVolume:
      return fmt::format("{} in {}, usual is {:g}, z {}", plan::to_decimal(measured.total), span,
                         measured.baseline ? measured.baseline->median : 0, value);
    case CorrelationType::kVelocity:
      return fmt::format("{:.0f} km in {:.0f} s", measured.distance_km,
                         static_cast<double>(measured.took) / kNanosecondsPerSecond) +
             (measured.value
                  ? ", " + plan::to_decimal(*measured.value / plan::kOne * plan::kOne) + " km/h"
                  : "");
    default:
      return fmt::format("{} of {} {} in {}", what_is_limited(correlation.type), fields, value,
                         span);
  }
}

}  // namespace

std::string measurement_json(const Correlation& correlation, const Measurement& measured) {
  text::JsonWriter json;
  json.begin_object().member("type", to_string(correlation.type));
  json.member("timespan_s", correlation.timespan.count());
  write_limits(json, correlation, measured);
  if (!correlation.fields.empty()) json.strings("fields", correlation.fields);
  write_parts(json, correlation, measured);
  return json.end_object().take();
}

std::string measurement_in_words(const Correlation& correlation, const Measurement& measured) {
  const std::string limits = limits_text(correlation);
  return said(correlation, measured) + (limits.empty() ? "" : " (" + limits + ")");
}

}  // namespace nepho::report
