#include "report/measurement.h"

#include <gtest/gtest.h>

namespace nepho::report {
namespace {

using detect::Measurement;
using sigma::Correlation;
using sigma::CorrelationType;
using Relation = sigma::Threshold::Relation;

Correlation correlation(CorrelationType type) {
  Correlation correlation;
  correlation.type = type;
  correlation.timespan = std::chrono::minutes(10);
  return correlation;
}

Instant march(int hour) {
  return Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)) + std::chrono::hours(hour);
}

TEST(MeasurementText, OfACountNamesTheLimitsItMet) {
  Correlation counts = correlation(CorrelationType::kEventCount);
  counts.thresholds = {{Relation::kGte, 5}, {Relation::kLte, 9.5}};
  const Measurement measured{.value = 6 * plan::kOne};
  EXPECT_EQ(measurement_json(counts, measured),
            R"({"type":"event_count","timespan_s":600,"what":"events","value":6,)"
            R"("condition":{"gte":5,"lte":9.5}})");
  EXPECT_EQ(measurement_in_words(counts, measured), "6 events in 10m (gte 5, lte 9.5)");
}

TEST(MeasurementText, OfAPercentileSaysWhichOfHowManyNumbers) {
  Correlation percentile = correlation(CorrelationType::kValuePercentile);
  percentile.thresholds = {{Relation::kGt, 10}};
  percentile.fields = {"bytes"};
  percentile.percentile = 95;
  const Measurement measured{.value = plan::amount_of(12.5), .num_events = 40};
  EXPECT_EQ(measurement_json(percentile, measured),
            R"({"type":"value_percentile","timespan_s":600,"what":"percentile","percentile":95,)"
            R"("value":12.5,"condition":{"gt":10},"fields":["bytes"],"numbers":40})");
  EXPECT_EQ(measurement_in_words(percentile, measured), "percentile of bytes 12.5 in 10m (gt 10)");
}

TEST(MeasurementText, OfAWrittenConditionNamesTheRulesThatWereThere) {
  Correlation temporal = correlation(CorrelationType::kTemporal);
  temporal.rules = {{.text = "a"}, {.text = "b"}, {.text = "c"}};
  temporal.expression = sigma::Expression::of_item(0);
  const Measurement measured{.rules = 0b101};
  EXPECT_EQ(measurement_json(temporal, measured),
            R"({"type":"temporal","timespan_s":600,"rules":["a","c"]})");
  EXPECT_EQ(measurement_in_words(temporal, measured), "in 10m: a, c");
}

TEST(MeasurementText, OfANewValueEscapesWhatTheLogSays) {
  Correlation fresh = correlation(CorrelationType::kNewValue);
  fresh.fields = {"userAgent"};
  const Measurement measured{.values = {"a\x1b\"" + std::string(400, 'z')},
                             .known_since = march(2)};
  const std::string json = measurement_json(fresh, measured);
  EXPECT_TRUE(json.starts_with(R"({"type":"x_new_value","timespan_s":600,"fields":["userAgent"],)"
                               R"("values":["a\u001b\"zzz)"))
      << json;
  EXPECT_TRUE(json.ends_with(R"("known_since":"2026-03-01T02:00:00Z"})")) << json;
  const std::string words = measurement_in_words(fresh, measured);
  EXPECT_TRUE(words.starts_with("userAgent a\\x1b\"zzz")) << words;
  EXPECT_TRUE(words.ends_with("...: new since 2026-03-01T02:00:00Z")) << words;
}

TEST(MeasurementText, OfARareValueSaysHowOftenItWasThere) {
  Correlation rare = correlation(CorrelationType::kRare);
  rare.fields = {"agent"};
  rare.thresholds = {{Relation::kLt, 0.02}};
  const Measurement measured{.value = plan::ratio_of(plan::kOne, 110),
                             .num_events = 110,
                             .values = {"curl"},
                             .known_since = march(0),
                             .num_seen = 1};
  EXPECT_EQ(measurement_json(rare, measured),
            R"({"type":"x_rare","timespan_s":600,"what":"share","value":0.00909,)"
            R"("condition":{"lt":0.02},"fields":["agent"],"values":["curl"],)"
            R"("known_since":"2026-03-01T00:00:00Z","seen":1,"of":110})");
  EXPECT_EQ(measurement_in_words(rare, measured), "agent curl: 1 of 110 before (lt 0.02)");
}

TEST(MeasurementText, OfABurstSaysHowManyWereDenied) {
  Correlation burst = correlation(CorrelationType::kBurst);
  burst.fields = {"eventSource", "eventName"};
  burst.thresholds = {{Relation::kGte, 15}};
  burst.behaviour.denials = 0.5;
  const Measurement measured{.value = 15 * plan::kOne, .num_events = 20, .num_denied = 15};
  EXPECT_EQ(measurement_json(burst, measured),
            R"({"type":"x_burst","timespan_s":600,"what":"distinct_values","value":15,)"
            R"("condition":{"gte":15},"fields":["eventSource","eventName"],"events":20,)"
            R"("denied":15,"denied_share":0.75,"least_denied_share":0.5})");
  EXPECT_EQ(measurement_in_words(burst, measured),
            "15 different eventSource and eventName in 10m, 15 of 20 denied (gte 15)");
}

TEST(MeasurementText, OfAVolumeHasTheBaseline) {
  Correlation volume = correlation(CorrelationType::kVolume);
  volume.thresholds = {{Relation::kGte, 6}};
  const Measurement measured{.value = plan::amount_of(6.5),
                             .total = 11 * plan::kOne,
                             .baseline = plan::Baseline{2, 1.5, 27, false}};
  EXPECT_EQ(measurement_json(volume, measured),
            R"({"type":"x_volume","timespan_s":600,"what":"z","value":6.5,"condition":{"gte":6},)"
            R"("total":11,"baseline":{"median":2,"spread":1.5,"windows":27,"weekly":false}})");
  EXPECT_EQ(measurement_in_words(volume, measured), "11 in 10m, usual is 2, z 6.5 (gte 6)");
}

TEST(MeasurementText, OfASpeedWithoutBoundIsNull) {
  Correlation velocity = correlation(CorrelationType::kVelocity);
  velocity.fields = {"lat", "lon"};
  velocity.thresholds = {{Relation::kGt, 900}};
  Measurement measured{.distance_km = 6385.24};
  EXPECT_EQ(measurement_json(velocity, measured),
            R"({"type":"x_velocity","timespan_s":600,"what":"kmh","value":null,)"
            R"("condition":{"gt":900},"fields":["lat","lon"],"km":6385.2,"seconds":0})");
  measured.took = 1'800'000'000'000;
  measured.value = plan::amount_of(12770.48);
  EXPECT_EQ(measurement_in_words(velocity, measured), "6385 km in 1800 s, 12770 km/h (gt 900)");
}

}  // namespace
}  // namespace nepho::report
