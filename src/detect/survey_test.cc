#include "detect/survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/rule_chance.h"
#include "detect/shard.h"
#include "event/log_source_file.h"
#include "sigma/load.h"
#include "text/timestamp.h"

namespace nepho::detect {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Verdict = RuleChance::Verdict;

constexpr std::string_view kSource = R"(
id: example.audit
title: Example audit
provider: example
sigma: [{product: example}]
recognised_by: [[kind, name]]
time: when
actor: who.name
source_ip: from
dispatch: [kind, name]
aliases:
  elastic: {kind: event.kind}
pivots:
  parameters: {name: key, value: value}
schema:
  kind: string
  name: string
  when: string
  from: string
  who.name: string
  details: [object, "null"]
  parameters: array
  parameters.key: string
  parameters.value: string
)";

event::LogSources sources() {
  LoadReport report;
  auto source = event::parse_log_source(kSource, "x.yml", report);
  EXPECT_TRUE(source);
  return event::LogSources({source.value_or(event::LogSource{})});
}

std::vector<sigma::Rule> rules_of(const std::vector<std::string>& detections) {
  LoadReport report;
  std::vector<sigma::Rule> rules;
  for (const std::string& detection : detections) {
    for (auto& rule : sigma::take_rules(
             sigma::parse_documents(
                 "title: t\nlogsource: {product: example}\ndetection: {" + detection + "}\n",
                 "r.yml", {}),
             report))
      rules.push_back(std::move(rule));
  }
  EXPECT_EQ(rules.size(), detections.size());
  return rules;
}

// Two shards that look at lines by turns, and their surveys joined.
class Surveyed {
 public:
  explicit Surveyed(const std::vector<std::string>& lines,
                    const std::vector<std::string>& detections = {})
      : rules_(rules_of(detections)), plan_(rules_, sources_, {.strict = true}) {
    Survey others(plan_);
    std::uint64_t sequence = 0;
    for (const std::string& line : lines) {
      Shard shard(plan_, {.watch = sequence % 2 == 0 ? &all_ : &others});
      std::string padded = line + std::string(text::kJsonPadding, ' ');
      shard.run({.bytes = std::string_view(padded).substr(0, line.size()), .sequence = sequence++});
    }
    all_.join(others);
  }

  const SourceSurvey& source() const {
    return all_.sources()[plan_.plan_of(&sources_.all().front())];
  }
  std::vector<std::string> new_fields() const {
    std::vector<std::string> fields;
    for (const auto& [path, seen] : source().fields) {
      if (seen.is_new) fields.push_back(path);
    }
    return fields;
  }
  std::vector<RuleChance> chances() const { return rule_chances(plan_, all_.sources()); }

 private:
  event::LogSources sources_ = sources();
  std::vector<sigma::Rule> rules_;
  plan::Plan plan_;
  Survey all_{plan_};
};

TEST(Survey, SpansTheTimesAndCountsThePeople) {
  const Surveyed seen({R"({"kind":"a","name":"b","when":"2026-03-02T00:00:00Z","from":"::1"})",
                       R"({"kind":"a","name":"b","when":"2026-03-01T00:00:00Z","from":"::1"})",
                       R"({"kind":"a","name":"c","who":{"name":"x"},"from":"::2"})"});
  EXPECT_EQ(seen.source().num_records, 3U);
  EXPECT_EQ(text::to_rfc3339(*seen.source().first_time), "2026-03-01T00:00:00Z");
  EXPECT_EQ(text::to_rfc3339(*seen.source().last_time), "2026-03-02T00:00:00Z");
  EXPECT_EQ(seen.source().actors.size(), 1U);
  EXPECT_EQ(seen.source().addresses.size(), 2U);
  EXPECT_EQ(seen.source().kinds.at({"a", "b"}), 2U);
  EXPECT_EQ(seen.source().first_place->sequence, 0U);
}

TEST(Survey, NamesTheOutermostFieldThatNoSchemaHas) {
  const Surveyed seen(
      {R"({"kind":"a","name":"b","new":{"inside":1},"who":{"name":"x","age":7}})",
       R"({"kind":"a","name":"b","new":[{"other":null}],"details":{"anything":{"goes":1}}})",
       R"({"kind":"a","name":"b","parameters":[{"key":"k","value":"v","third":true}]})"});
  EXPECT_THAT(seen.new_fields(), ElementsAre("new", "parameters.third", "who.age"));
  const FieldSeen& field = seen.source().fields.at("new");
  EXPECT_EQ(field.num_records, 2U);
  EXPECT_EQ(field.types, "object|array");
}

TEST(Survey, AFieldCountsOnceARecordAndShowsAValue) {
  const Surveyed seen({R"({"kind":"a","name":"b","new":[{"x":null},{"x":"v"},{"x":2}]})"});
  const FieldSeen& field = seen.source().fields.at("new.x");
  EXPECT_EQ(field.num_records, 1U);
  EXPECT_EQ(field.types, "null|string|number");
  EXPECT_EQ(field.example, "v");
}

TEST(Survey, WhatAnAliasLeadsToIsNotNew) {
  EXPECT_THAT(Surveyed({R"({"kind":"a","name":"b","event":{"kind":"a"}})"}).new_fields(),
              IsEmpty());
}

TEST(RuleChances, ARuleNeedsItsEvent) {
  const auto chances =
      Surveyed({R"({"kind":"a","name":"b"})", R"({"kind":"c","name":"d"})"},
               {"s: {name: B}, condition: s", "s: {name: [x, y]}, condition: s",
                "s: {kind: a, name: d}, condition: s", "s: {kind: z, name: b}, condition: s"})
          .chances();
  EXPECT_EQ(chances[0].verdict, Verdict::kCould);
  EXPECT_EQ(chances[1].verdict, Verdict::kNoEvent);
  EXPECT_EQ(chances[1].field, "name");
  EXPECT_THAT(chances[1].wanted, ElementsAre("x", "y"));
  // Each was met, in different records.
  EXPECT_EQ(chances[2].verdict, Verdict::kNoEvent);
  EXPECT_EQ(chances[3].field, "kind");
}

TEST(RuleChances, ARuleNeedsTheFieldsItCannotDoWithout) {
  const auto chances =
      Surveyed({R"({"kind":"a","name":"b","parameters":[{"key":"k","value":"v"}]})"},
               {"s: {name: b, details.x: 1}, condition: s",
                "s: {name: b}, f: {details.x: 1}, condition: s and not f",
                "s: {name: b, details.x: null}, condition: s",
                "s: {name: b, parameters.k: v}, condition: s",
                "s: {name: b, event.kind: a}, condition: s"})
          .chances();
  EXPECT_EQ(chances[0].verdict, Verdict::kNoField);
  EXPECT_EQ(chances[0].field, "details.x");
  for (const std::size_t i : {1U, 2U, 3U}) EXPECT_EQ(chances[i].verdict, Verdict::kCould) << i;
  EXPECT_EQ(chances[4].verdict, Verdict::kNoField);
}

TEST(RuleChances, WithoutRecordsOrLogSourceThereIsNone) {
  EXPECT_EQ(Surveyed({}, {"s: {name: b}, condition: s"}).chances()[0].verdict, Verdict::kNoRecord);
}

TEST(RuleChances, WhereADispatchFieldIsNoTextEveryRuleIsReached) {
  EXPECT_EQ(Surveyed({R"({"kind":["a"],"name":["x","y"]})"}, {"s: {name: x}, condition: s"})
                .chances()[0]
                .verdict,
            Verdict::kCould);
}

}  // namespace
}  // namespace nepho::detect
