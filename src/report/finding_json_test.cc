#include "report/finding_json.h"

#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "event/log_source.h"
#include "text/json.h"

namespace nepho::report {
namespace {

sigma::Rule sample_rule() {
  sigma::Rule rule;
  rule.id.value = "r-1";
  rule.title = "A \"rule\"";
  rule.author = "us";
  rule.level = sigma::Level::kHigh;
  rule.place.file = "rules/a.yml";
  rule.logsource = {.product = "aws", .category = "", .service = "cloudtrail"};
  rule.items.push_back({"eventName", {sigma::NullValue{}}, false, false, 0, 0});
  rule.condition = sigma::Expression::of_item(0);
  return rule;
}

class FindingJson : public testing::Test {
 protected:
  FindingJson()
      : sources_(event::LogSources::load(knowledge_, report_)),
        plan_(rules_, sources_, {}),
        cloudtrail_(plan_.plan_of(sources_.find("aws.cloudtrail"))) {}

  detect::Finding finding() const {
    detect::Finding finding;
    finding.id = {.high = 0x1, .low = 0xAB};
    finding.match.rule = 0;
    finding.match.source_plan = cloudtrail_;
    finding.match.place = {.file = 1, .sequence = 9, .ordinal = 8, .line = 3, .offset = 4};
    finding.index = 5;
    finding.count = 6;
    return finding;
  }
  std::string line(const detect::Finding& finding) {
    std::string out;
    writer_.append(finding, out);
    return out;
  }

  Knowledge knowledge_;
  LoadReport report_;
  std::vector<sigma::Rule> rules_{sample_rule()};
  event::LogSources sources_;
  plan::Plan plan_;
  std::uint32_t cloudtrail_;
  std::vector<std::string> files_{"other.json", "logs/a \"b\".json"};
  std::vector<RuleLabels> labels_{{{"T1136.003"}, {"TA0003"}}};
  FindingNames names_{plan_, files_, labels_};
  FindingWriter writer_{names_};
};

// Other programs read it (cli.md, "Finding"): every member, in its order.
TEST_F(FindingJson, IsOneLineWithEveryMember) {
  detect::Finding full = finding();
  full.match.time = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));
  full.match.actor = "arn:\x1b";
  full.match.source_ip = "192.0.2.1";
  full.match.account = "1";
  full.match.event = "{\n\"a\": 1}";
  EXPECT_EQ(
      line(full),
      R"({"finding_id":"000000000000000100000000000000ab","time":"2026-03-01T00:00:00Z",)"
      R"("rule":{"id":"r-1","title":"A \"rule\"","author":"us","level":"high","path":"rules/a.yml"},)"
      R"("techniques":["T1136.003"],"tactics":["TA0003"],"provider":"aws",)"
      R"("log_source":"aws.cloudtrail","actor":"arn:\u001b","source_ip":"192.0.2.1","account":"1",)"
      R"("count":6,"events":[{"file":"logs/a \"b\".json","line":3,"offset":4,"index":5}],)"
      R"("event":{ "a": 1}})"
      "\n");
}

TEST_F(FindingJson, WhatIsNotKnownIsNullAndTheEventMayBeLeftOut) {
  const auto document = text::JsonDocument::parse(line(finding()));
  ASSERT_TRUE(document);
  for (const char* name : {"time", "actor", "source_ip", "account"}) {
    const auto member = document->root().find(name);
    ASSERT_TRUE(member) << name;
    EXPECT_EQ(member->type(), text::JsonType::kNull) << name;
  }
  EXPECT_FALSE(document->root().find("event"));
}

TEST_F(FindingJson, OfACorrelationHasTheGroupAndAllEvents) {
  rules_[0].correlation.emplace();
  rules_[0].correlation->group_by = {"user", "who \"else\""};
  rules_[0].correlation->timespan = std::chrono::seconds(60);
  rules_[0].correlation->thresholds = {{sigma::Threshold::Relation::kGte, 2}};
  detect::Finding correlated = finding();
  auto correlation = std::make_unique<detect::Correlation>();
  correlation->group = {"a\x01", std::nullopt};
  correlation->measured.value = 2 * plan::kOne;
  correlation->earlier.push_back({.file = 0, .line = 1, .offset = 2, .index = 3});
  correlated.correlation = std::move(correlation);
  EXPECT_NE(line(correlated)
                .find(R"("group":{"user":"a\u0001","who \"else\"":null},)"
                      R"("measured":{"type":"event_count","timespan_s":60,"what":"events",)"
                      R"("value":2,"condition":{"gte":2}},)"
                      R"("events":[{"file":"other.json","line":1,"offset":2,"index":3},)"
                      R"({"file":"logs/a \"b\".json","line":3,"offset":4,"index":5}])"),
            std::string::npos)
      << line(correlated);
}

// One rule may fire on two kinds of log in turn: what was made for the one is not the other's.
TEST_F(FindingJson, NamesTheLogSourceOfEachFinding) {
  detect::Finding generic = finding();
  generic.match.source_plan = plan_.plan_of(nullptr);
  const std::string on_cloudtrail = line(finding());
  const std::string on_generic = line(generic);
  EXPECT_NE(on_generic.find(R"("provider":null,"log_source":"generic")"), std::string::npos);
  EXPECT_EQ(line(finding()), on_cloudtrail);
}

}  // namespace
}  // namespace nepho::report
