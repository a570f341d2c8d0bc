#include "sigma/behaviour_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/digest.h"
#include "sigma/load.h"

namespace nepho::sigma {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A rule, and at line 7 a correlation with these lines from line 9 on.
std::vector<Document> load(const std::string& lines) {
  auto documents = parse_documents(
      "title: a\nname: a\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n"
      "title: asked\ncorrelation:\n  rules: [a]\n" +
          lines,
      "r.yml", {});
  link_documents(documents, {});
  return documents;
}

// "line:column code" of every problem.
std::vector<std::string> problems(const std::string& lines) {
  std::vector<std::string> found;
  for (const Document& document : load(lines)) {
    for (const Problem& problem : document.problems)
      found.push_back(std::to_string(problem.error.place.line) + ":" +
                      std::to_string(problem.error.place.column) + " " +
                      std::string(problem.error.code.name()));
  }
  return found;
}

std::string first_hint(const std::string& lines) {
  for (const Document& document : load(lines)) {
    if (!document.problems.empty()) return document.problems.front().error.hint;
  }
  return {};
}

Correlation only(const std::string& lines) {
  const auto documents = load(lines);
  EXPECT_THAT(problems(lines), IsEmpty());
  return documents.back().rule.correlation.value_or(Correlation{});
}

TEST(BehaviourParser, ReadsANewValue) {
  const Correlation correlation = only(
      "  type: x_new_value\n  timespan: 7d\n  field: [awsRegion, eventName]\n"
      "  x_memory: 90d\n");
  EXPECT_EQ(correlation.type, CorrelationType::kNewValue);
  EXPECT_THAT(correlation.fields, ElementsAre("awsRegion", "eventName"));
  EXPECT_EQ(correlation.behaviour.memory, std::chrono::days(90));
}

TEST(BehaviourParser, TheFieldMayStandInTheConditionAsForTheStandardsTypes) {
  EXPECT_THAT(only("  type: x_new_value\n  timespan: 7d\n  condition: {field: awsRegion}\n").fields,
              ElementsAre("awsRegion"));
}

TEST(BehaviourParser, ANewValueNeedsAFieldAndComparesWithNothing) {
  EXPECT_THAT(problems("  type: x_new_value\n  timespan: 7d\n"),
              ElementsAre("7:1 sigma.missing_key"));
  EXPECT_THAT(problems("  type: x_new_value\n  timespan: 7d\n  field: f\n  condition: {gte: 1}\n"),
              ElementsAre("12:3 sigma.bad_value"));
}

TEST(BehaviourParser, AMisspeltOptionIsAnErrorWithTheNearest) {
  const std::string lines = "  type: x_new_value\n  timespan: 7d\n  field: f\n  x_memmory: 9d\n";
  EXPECT_THAT(problems(lines), ElementsAre("12:3 sigma.unknown_correlation_key"));
  EXPECT_THAT(first_hint(lines), HasSubstr("x_memory"));
}

TEST(BehaviourParser, AMisspeltTypeIsAnErrorWithTheNearest) {
  const std::string lines = "  type: x_newvalue\n  timespan: 7d\n  field: f\n  x_memory: 9d\n";
  EXPECT_THAT(problems(lines), ElementsAre("9:9 sigma.unknown_correlation_type"));
  EXPECT_THAT(first_hint(lines), HasSubstr("x_new_value"));
}

TEST(BehaviourParser, TypesOfTheStandardTakeNoneOfOurKeys) {
  EXPECT_THAT(
      problems("  type: event_count\n  timespan: 7d\n  condition: {gte: 2}\n"
               "  x_memory: 9d\n  field: f\n"),
      ElementsAre("12:3 sigma.unknown_correlation_key", "13:3 sigma.unknown_correlation_key"));
}

TEST(BehaviourParser, AMemoryShorterThanTheTimespanIsAnError) {
  for (const char* memory : {"1d", "soon", "[7d]"})
    EXPECT_THAT(problems("  type: x_new_value\n  timespan: 7d\n  field: f\n  x_memory: " +
                         std::string(memory) + "\n"),
                ElementsAre("12:13 sigma.bad_timespan"))
        << memory;
}

TEST(BehaviourParser, ReadsABurst) {
  const std::string lines = "  type: x_burst\n  timespan: 5m\n  field: eventName\n";
  const Correlation plain = only(lines + "  condition: {gte: 10}\n");
  EXPECT_EQ(plain.behaviour.denials, std::nullopt);
  const Correlation denied = only(lines + "  condition: {gte: 10}\n  x_denials: 0.5\n");
  EXPECT_EQ(denied.behaviour.denials, 0.5);
  EXPECT_EQ(denied.behaviour.denied_field, "errorCode");
  EXPECT_EQ(only(lines + "  condition: {gte: 10}\n  x_denials: 1\n  x_denied: status\n")
                .behaviour.denied_field,
            "status");
}

TEST(BehaviourParser, ABurstNeedsALimitAndASensibleShare) {
  const std::string lines = "  type: x_burst\n  timespan: 5m\n  field: eventName\n";
  EXPECT_THAT(problems(lines), ElementsAre("7:1 sigma.missing_key"));
  EXPECT_THAT(problems(lines + "  condition: {gte: 2.5}\n"), Contains("12:20 sigma.bad_value"));
  for (const char* share : {"50", "half", "-0.1", ".nan"})
    EXPECT_THAT(problems(lines + "  condition: {gte: 2}\n  x_denials: " + share + "\n"),
                ElementsAre("13:14 sigma.bad_value"))
        << share;
  EXPECT_THAT(problems(lines + "  condition: {gte: 2}\n  x_denied: errorCode\n"),
              ElementsAre("13:13 sigma.missing_key"));
}

TEST(BehaviourParser, ReadsAVolume) {
  const std::string lines = "  type: x_volume\n  timespan: 1h\n  condition: {gte: 6.5}\n";
  const Correlation counted = only(lines);
  EXPECT_THAT(counted.fields, IsEmpty());
  EXPECT_EQ(counted.behaviour.memory, std::chrono::days(28));
  EXPECT_EQ(counted.behaviour.minimum, 24U);
  EXPECT_THAT(counted.thresholds, ElementsAre(Threshold{Threshold::Relation::kGte, 6.5}));
  const Correlation summed = only(lines + "  field: bytes\n  x_minimum: 48\n  x_memory: 60d\n");
  EXPECT_THAT(summed.fields, ElementsAre("bytes"));
  EXPECT_EQ(summed.behaviour.minimum, 48U);
}

TEST(BehaviourParser, AVolumeIsAboveItsBaselineAndItsWindowsMustFitIntoItsMemory) {
  const std::string volume = "  type: x_volume\n  condition: {gte: 6}\n";
  EXPECT_THAT(problems("  type: x_volume\n  condition: {lt: 1}\n  timespan: 1h\n"),
              ElementsAre("10:3 sigma.bad_value"));
  EXPECT_THAT(problems(volume + "  timespan: 1h\n  field: [a, b]\n"),
              ElementsAre("7:1 sigma.bad_value"));
  EXPECT_THAT(problems(volume + "  timespan: 1m\n"), ElementsAre("11:3 sigma.too_many"));
  EXPECT_THAT(problems(volume + "  timespan: 7d\n"), ElementsAre("11:3 sigma.bad_timespan"));
  EXPECT_THAT(problems(volume + "  timespan: 1h\n  x_minimum: 0\n"),
              ElementsAre("12:14 sigma.bad_value"));
}

TEST(BehaviourParser, ReadsARareValueWhichIsBelowAShare) {
  const std::string rare = "  type: x_rare\n  timespan: 7d\n  field: userAgent\n";
  const Correlation correlation = only(rare + "  condition: {lt: 0.005}\n");
  EXPECT_EQ(correlation.behaviour.minimum, 100U);
  EXPECT_THAT(correlation.thresholds, ElementsAre(Threshold{Threshold::Relation::kLt, 0.005}));
  EXPECT_THAT(problems(rare + "  condition: {gt: 0.5}\n"), ElementsAre("12:3 sigma.bad_value"));
  EXPECT_THAT(problems(rare), ElementsAre("7:1 sigma.missing_key"));
}

TEST(BehaviourParser, ReadsAVelocityOfALatitudeAndALongitude) {
  const std::string velocity = "  type: x_velocity\n  timespan: 12h\n  condition: {gt: 900}\n";
  const Correlation correlation = only(velocity + "  field: [lat, lon]\n");
  EXPECT_THAT(correlation.fields, ElementsAre("lat", "lon"));
  EXPECT_EQ(correlation.behaviour.distance_km, 100);
  EXPECT_EQ(only(velocity + "  field: [lat, lon]\n  x_distance: 0\n").behaviour.distance_km, 0);
  EXPECT_THAT(problems(velocity + "  field: lat\n"), ElementsAre("7:1 sigma.bad_value"));
  EXPECT_THAT(problems(velocity + "  field: [lat, lon]\n  x_distance: far\n"),
              ElementsAre("13:15 sigma.bad_value"));
}

TEST(BehaviourParser, OptionsCountInTheDigest) {
  const std::string lines = "  type: x_new_value\n  timespan: 7d\n  field: f\n";
  EXPECT_NE(digest_of(load(lines).back().rule),
            digest_of(load(lines + "  x_memory: 9d\n").back().rule));
}

}  // namespace
}  // namespace nepho::sigma
