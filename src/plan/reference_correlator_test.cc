// What a correlation means, case by case; the rows of plan/semantics.h in events.
#include "plan/reference_correlator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "sigma/load.h"

namespace nepho::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// An event at this second, for which the rules of these letters hold.
struct Event {
  int second = 0;
  std::string rules;
  std::map<std::string, std::string, std::less<>> fields;
};

// "event:group" of every finding of the correlation, whose lines these are. Rules a, b and c.
std::vector<std::string> findings(const std::string& lines, const std::vector<Event>& events,
                                  const std::string& below = {}) {
  std::string yaml;
  for (const char* name : {"a", "b", "c"})
    yaml += std::string("title: rule ") + name + "\nname: " + name +
            "\nlogsource: {product: aws}\ndetection: {s: {f: 1}, condition: s}\n---\n";
  yaml += below + "title: asked\ncorrelation:\n" + lines;
  auto documents = sigma::parse_documents(yaml, "r.yml", {});
  sigma::link_documents(documents, {});
  LoadReport report;
  const auto rules = sigma::take_rules(std::move(documents), report);
  EXPECT_FALSE(report.has_errors()) << yaml;
  std::vector<ReferenceEvent> given;
  for (const Event& event : events) {
    ReferenceEvent one{Instant(std::chrono::seconds(event.second)), {}, {}};
    for (const char rule : event.rules) one.rules.push_back(static_cast<std::uint32_t>(rule - 'a'));
    one.field = [&event](std::string_view name) {
      const auto found = event.fields.find(name);
      return found == event.fields.end() ? std::nullopt : std::optional(found->second);
    };
    given.push_back(std::move(one));
  }
  std::vector<std::string> found;
  for (const ReferenceFinding& finding : correlate(rules, given)) {
    if (finding.rule + 1 != rules.size()) continue;
    std::string text = std::to_string(finding.event) + ":";
    for (const auto& value : finding.group) text += value.value_or("(none)");
    found.push_back(text);
  }
  return found;
}

std::string counting(const std::string& condition, const std::string& more = "") {
  return "  type: event_count\n  rules: [a, b]\n  timespan: 10s\n" + more +
         "  condition: " + condition + "\n";
}

TEST(ReferenceCorrelator, TheWindowSlidesAndItsBoundIsInclusive) {
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "a"}, {10, "a"}}), ElementsAre("1:"));
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "a"}, {11, "a"}}), IsEmpty());
  EXPECT_THAT(findings(counting("{gte: 3}"), {{0, "a"}, {8, "a"}, {12, "a"}, {17, "a"}}),
              ElementsAre("3:"));
}

TEST(ReferenceCorrelator, AFindingComesAgainOnlyAfterTheConditionWasFalse) {
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "a"}, {1, "a"}, {2, "a"}, {3, "a"}}),
              ElementsAre("1:"));
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "a"}, {1, "a"}, {20, "a"}, {21, "a"}}),
              ElementsAre("1:", "3:"));
}

TEST(ReferenceCorrelator, AWindowThatRanEmptyBeginsAnew) {
  EXPECT_THAT(findings(counting("{gte: 1}"), {{0, "a"}, {5, "a"}, {15, "a"}, {26, "a"}}),
              ElementsAre("0:", "3:"));
}

TEST(ReferenceCorrelator, RangesAndUpperBoundsAreAskedAtEveryEvent) {
  EXPECT_THAT(findings(counting("{lt: 2}"), {{0, "a"}, {1, "a"}}), ElementsAre("0:"));
  EXPECT_THAT(findings(counting("{gt: 1, lte: 2}"), {{0, "a"}, {1, "a"}, {2, "a"}, {11, "a"}}),
              ElementsAre("1:"));
  EXPECT_THAT(findings(counting("{eq: 2}"), {{0, "a"}, {1, "a"}, {2, "a"}, {12, "a"}}),
              ElementsAre("1:", "3:"));
  EXPECT_THAT(findings(counting("{neq: 1}"), {{0, "a"}, {1, "a"}}), ElementsAre("1:"));
}

TEST(ReferenceCorrelator, AnEventOfTwoRulesCountsOnce) {
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "ab"}}), IsEmpty());
  EXPECT_THAT(findings(counting("{gte: 2}"), {{0, "ab"}, {1, "b"}}), ElementsAre("1:"));
}

TEST(ReferenceCorrelator, GroupsAreExactAndMissingIsOne) {
  const std::string lines = counting("{gte: 2}", "  group-by: [user]\n");
  EXPECT_THAT(findings(lines, {{0, "a", {{"user", "Bob"}}}, {1, "a", {{"user", "bob"}}}}),
              IsEmpty());
  EXPECT_THAT(findings(lines, {{0, "a"}, {1, "a"}, {2, "a", {{"user", "bob"}}}}),
              ElementsAre("1:(none)"));
}

TEST(ReferenceCorrelator, AliasesNameTheFieldInEachRule) {
  const std::string lines =
      counting("{gte: 2}", "  group-by: [who]\n  aliases: {who: {a: user, b: actor}}\n");
  EXPECT_THAT(findings(lines, {{0, "a", {{"user", "x"}}}, {1, "b", {{"actor", "x"}}}}),
              ElementsAre("1:x"));
  EXPECT_THAT(findings(lines, {{0, "a", {{"user", "x"}}}, {1, "b", {{"user", "x"}}}}), IsEmpty());
}

TEST(ReferenceCorrelator, DistinctValuesIgnoreCaseAndMissingParts) {
  const std::string lines =
      "  type: value_count\n  rules: [a]\n  timespan: 10s\n"
      "  condition: {field: [user, region], gte: 2}\n";
  const auto event = [](int second, const std::string& user, const std::string& region) {
    return Event{second, "a", {{"user", user}, {"region", region}}};
  };
  EXPECT_THAT(findings(lines, {event(0, "u", "x"), event(1, "U", "X")}), IsEmpty());
  EXPECT_THAT(findings(lines, {event(0, "u", "x"), event(1, "u", "y")}), ElementsAre("1:"));
  EXPECT_THAT(findings(lines, {event(0, "u", "x"), {1, "a", {{"user", "v"}}}}), IsEmpty());
  EXPECT_THAT(findings(lines, {event(0, "u", "x"), event(11, "v", "x")}), IsEmpty());
}

TEST(ReferenceCorrelator, NumbersAreMeasuredAndOtherTextsPassedOver) {
  const auto lines = [](const std::string& type, const std::string& condition) {
    return "  type: " + type + "\n  rules: [a]\n  timespan: 10s\n  condition: {field: n, " +
           condition + "}\n";
  };
  const std::vector<Event> events = {{0, "a", {{"n", "1"}}},
                                     {1, "a", {{"n", "99"}}},
                                     {2, "a", {{"n", "many"}}},
                                     {3, "a", {{"n", "50"}}}};
  EXPECT_THAT(findings(lines("value_sum", "gte: 150"), events), ElementsAre("3:"));
  EXPECT_THAT(findings(lines("value_avg", "eq: 50"), events), ElementsAre("1:"));
  EXPECT_THAT(findings(lines("value_median", "gte: 50"), events), ElementsAre("1:"));
  EXPECT_THAT(findings(lines("value_percentile", "percentile: 100, gte: 99"), events),
              ElementsAre("1:"));
  EXPECT_THAT(findings(lines("value_sum", "lt: 10"), {{0, "a"}, {1, "a", {{"n", "x"}}}}),
              IsEmpty());
}

TEST(ReferenceCorrelator, TemporalAsksForAllRulesInAnyOrder) {
  const std::string lines = "  type: temporal\n  rules: [a, b]\n  timespan: 10s\n";
  EXPECT_THAT(findings(lines, {{0, "b"}, {1, "a"}}), ElementsAre("1:"));
  EXPECT_THAT(findings(lines, {{0, "ab"}}), ElementsAre("0:"));
  EXPECT_THAT(findings(lines, {{0, "b"}, {11, "a"}}), IsEmpty());
}

TEST(ReferenceCorrelator, AWrittenConditionAsksWhichRulesAreThere) {
  const std::string lines =
      "  type: temporal\n  rules: [a, b, c]\n  timespan: 10s\n  condition: (a or b) and not c\n";
  EXPECT_THAT(findings(lines, {{0, "c"}, {1, "a"}, {11, "b"}}), ElementsAre("2:"));
  EXPECT_THAT(findings(lines, {{0, "a"}, {1, "c"}}), ElementsAre("0:"));
}

TEST(ReferenceCorrelator, OrderMatters) {
  const std::string lines = "  type: temporal_ordered\n  rules: [a, b]\n  timespan: 10s\n";
  EXPECT_THAT(findings(lines, {{0, "a"}, {1, "b"}}), ElementsAre("1:"));
  EXPECT_THAT(findings(lines, {{0, "b"}, {1, "a"}}), IsEmpty());
  EXPECT_THAT(findings(lines, {{0, "a"}, {8, "a"}, {13, "b"}}), ElementsAre("2:"));
  EXPECT_THAT(findings(lines, {{0, "ab"}}), IsEmpty());  // an event is not its own successor
  EXPECT_THAT(findings(lines, {{0, "a"}, {0, "b"}}), ElementsAre("1:"));  // equal times: by place
}

TEST(ReferenceCorrelator, AnOrderedLimitCountsTheLongestSequence) {
  const std::string lines =
      "  type: temporal_ordered\n  rules: [a, b, c]\n  timespan: 10s\n  condition: {gte: 2}\n";
  EXPECT_THAT(findings(lines, {{0, "a"}, {1, "c"}}), ElementsAre("1:"));
  EXPECT_THAT(findings(lines, {{0, "c"}, {1, "b"}, {2, "a"}}), IsEmpty());
}

TEST(ReferenceCorrelator, AnOrderedWrittenConditionNeedsASequence) {
  const std::string lines =
      "  type: temporal_ordered\n  rules: [a, b, c]\n  timespan: 10s\n"
      "  condition: (a or b) and c\n";
  EXPECT_THAT(findings(lines, {{0, "b"}, {1, "c"}}), ElementsAre("1:"));
  EXPECT_THAT(findings(lines, {{0, "c"}, {1, "b"}}), IsEmpty());
}

TEST(ReferenceCorrelator, AChainCountsFindingsAtTheEventThatCompletedThem) {
  const std::string below =
      "title: many\nname: many\ncorrelation:\n  type: event_count\n  rules: [a]\n"
      "  group-by: [user]\n  timespan: 10s\n  condition: {gte: 2}\n---\n";
  const std::string lines =
      "  type: temporal_ordered\n  rules: [many, b]\n  group-by: [user]\n  timespan: 10s\n";
  const auto event = [](int second, const std::string& rule, const std::string& user) {
    return Event{second, rule, {{"user", user}}};
  };
  EXPECT_THAT(findings(lines, {event(0, "a", "u"), event(1, "a", "u"), event(2, "b", "u")}, below),
              ElementsAre("2:u"));
  EXPECT_THAT(findings(lines, {event(0, "a", "u"), event(2, "b", "u")}, below), IsEmpty());
  EXPECT_THAT(findings(lines, {event(0, "a", "u"), event(1, "a", "u"), event(2, "b", "v")}, below),
              IsEmpty());
}

}  // namespace
}  // namespace nepho::plan
