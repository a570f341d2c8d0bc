#include "report/ocsf_finding.h"

#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "event/field_path.h"
#include "event/log_source.h"
#include "event/recognise.h"
#include "text/json.h"
#include "text/timestamp.h"

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

attack::Catalogue small_catalogue() {
  attack::Facts facts;
  facts.version = "19.1";
  facts.tactics = {{.id = {"TA0003"}, .shortname = "persistence", .name = "Persistence"},
                   {.id = {"TA0040"}, .shortname = "impact", .name = "Impact"}};
  facts.techniques = {
      {.id = {"T1136"}, .name = "Create Account", .tactics = {{"TA0003"}}},
      {.id = {"T1136.003"}, .name = "Cloud Account", .parent = {"T1136"}, .tactics = {{"TA0003"}}}};
  return attack::Catalogue(std::move(facts));
}

constexpr Instant kEventTime = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)) +
                               std::chrono::microseconds(1500);
constexpr Instant kNow = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2));

class OcsfFinding : public testing::Test {
 protected:
  OcsfFinding()
      : sources_(event::LogSources::load(knowledge_, report_)),
        plan_(rules_, sources_, {}),
        cloudtrail_(plan_.plan_of(sources_.find("aws.cloudtrail"))) {}

  detect::Finding finding() const {
    detect::Finding finding;
    finding.id = {.high = 0x1, .low = 0xAB};
    finding.match.source_plan = cloudtrail_;
    finding.match.place = {.file = 1, .sequence = 9, .ordinal = 8, .line = 3, .offset = 4};
    finding.match.time = kEventTime;
    finding.match.actor = "arn:\x1b";
    finding.match.source_ip = "192.0.2.1";
    finding.match.account = "111122223333";
    finding.match.event = "{\n\"a\": 1}";
    finding.index = 5;
    return finding;
  }
  std::string line(const detect::Finding& finding) const {
    std::string out;
    writer_.append(finding, out);
    return out;
  }
  // What stands at a path of the finding's event; empty for nothing.
  std::string at(const detect::Finding& finding, std::string_view path) const {
    const auto document = text::JsonDocument::parse(line(finding));
    if (!document) return "no JSON";
    const auto found = event::resolve(document->root(), path);
    return found.empty() ? std::string() : std::string(found.front().source());
  }

  Knowledge knowledge_;
  LoadReport report_;
  std::vector<sigma::Rule> rules_{sample_rule()};
  event::LogSources sources_;
  plan::Plan plan_;
  std::uint32_t cloudtrail_;
  std::vector<std::string> files_{"other.json", "logs/a \"b\".json"};
  std::vector<RuleLabels> labels_{{{"T1136.003"}, {"TA0003", "TA0040"}}};
  FindingNames names_{plan_, files_, labels_};
  attack::Catalogue catalogue_ = small_catalogue();
  OcsfWriter writer_{names_, catalogue_, kNow, "0.1.0"};
};

// Other programs read it: every member, in its order.
TEST_F(OcsfFinding, IsOneLineWithEveryMember) {
  EXPECT_EQ(
      line(finding()),
      R"({"activity_id":1,"activity_name":"Create","category_uid":2,"category_name":"Findings",)"
      R"("class_uid":2004,"class_name":"Detection Finding","type_uid":200401,)"
      R"("type_name":"Detection Finding: Create","time":1772323200001,"severity_id":4,)"
      R"("severity":"High","status_id":1,"status":"New","message":"A \"rule\"","count":1,)"
      R"("metadata":{"version":"1.3.0","uid":"000000000000000100000000000000ab",)"
      R"("log_name":"aws.cloudtrail","profiles":["cloud"],"product":{"name":"Nephometer",)"
      R"("vendor_name":"Nephometer","version":"0.1.0"}},)"
      R"("finding_info":{"uid":"000000000000000100000000000000ab","title":"A \"rule\"",)"
      R"("created_time":1772409600000,"last_seen_time":1772323200001,)"
      R"("data_sources":["aws.cloudtrail"],"analytic":{"type_id":1,"type":"Rule","uid":"r-1",)"
      R"("name":"A \"rule\""},"attacks":[{"version":"19.1","tactic":{"uid":"TA0003",)"
      R"("name":"Persistence"},"technique":{"uid":"T1136","name":"Create Account"},)"
      R"("sub_technique":{"uid":"T1136.003","name":"Cloud Account"}},{"version":"19.1",)"
      R"("tactic":{"uid":"TA0040","name":"Impact"}}]},)"
      R"("cloud":{"provider":"AWS","account":{"uid":"111122223333"}},)"
      R"("evidences":[{"actor":{"user":{"name":"arn:\u001b"}},"src_endpoint":{"ip":"192.0.2.1"},)"
      R"("data":{"file":"logs/a \"b\".json","line":3,"offset":4,"index":5,"event":{ "a": 1}}}],)"
      R"("unmapped":{"rule":{"author":"us","path":"rules/a.yml"}}})"
      "\n");
}

TEST_F(OcsfFinding, IsReadAgainByTheLogSourceOfOcsf) {
  const auto document = text::JsonDocument::parse(line(finding()));
  ASSERT_TRUE(document);
  const auto order = event::recognition_order(sources_);
  const event::LogSource* source = event::recognise(document->root(), order);
  ASSERT_NE(source, nullptr);
  ASSERT_EQ(source->id, "ocsf");
  const auto first = [&](const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      const auto found = event::resolve(document->root(), path);
      if (!found.empty()) return std::string(found.front().text());
    }
    return std::string();
  };
  const auto time = text::parse_timestamp(first(source->time));
  ASSERT_TRUE(time);
  EXPECT_EQ(time->time, std::chrono::floor<std::chrono::milliseconds>(kEventTime));
  EXPECT_EQ(first(source->unique_id), "000000000000000100000000000000ab");
  EXPECT_EQ(first(source->event_name), "A \"rule\"");
  EXPECT_EQ(first(source->actor), "arn:\x1b");
  EXPECT_EQ(first(source->source_ip), "192.0.2.1");
  EXPECT_EQ(first(source->account), "111122223333");
}

TEST_F(OcsfFinding, HasTheTimeItWasMadeWhereTheEventHasNone) {
  detect::Finding untimed = finding();
  untimed.match.time.reset();
  EXPECT_EQ(at(untimed, "time"), "1772409600000");
  EXPECT_EQ(at(untimed, "finding_info.last_seen_time"), "");
}

TEST_F(OcsfFinding, DoesNotCallAServiceAnAddress) {
  detect::Finding by_service = finding();
  by_service.match.source_ip = "cloudformation.amazonaws.com";
  EXPECT_EQ(at(by_service, "evidences.src_endpoint"), R"({"name":"cloudformation.amazonaws.com"})");
}

TEST_F(OcsfFinding, ClaimsNoCloudForARecordOfNoKnownLogSource) {
  detect::Finding generic = finding();
  generic.match.source_plan = plan_.plan_of(nullptr);
  EXPECT_EQ(at(generic, "cloud"), "");
  EXPECT_EQ(at(generic, "metadata.profiles"), "");
  EXPECT_EQ(at(generic, "metadata.log_name"), R"("generic")");
}

TEST_F(OcsfFinding, OfACorrelationHasAllEventsAndTheGroup) {
  rules_[0].correlation.emplace();
  rules_[0].correlation->group_by = {"user", "other"};
  detect::Finding correlated = finding();
  auto correlation = std::make_unique<detect::Correlation>();
  correlation->group = {"a", std::nullopt};
  correlation->earlier.push_back({.file = 0, .line = 1, .offset = 2, .index = 3});
  correlated.correlation = std::move(correlation);
  EXPECT_EQ(at(correlated, "unmapped.group"), R"({"user":"a","other":null})");
  EXPECT_EQ(at(correlated, "evidences.data"),
            R"({"file":"other.json","line":1,"offset":2,"index":3})");
}

TEST_F(OcsfFinding, NamesATechniqueThatTheCatalogueDoesNotHaveByItsIdAlone) {
  labels_[0] = {{"T9999"}, {}};
  EXPECT_EQ(at(finding(), "finding_info.attacks"),
            R"([{"version":"19.1","technique":{"uid":"T9999"}}])");
}

}  // namespace
}  // namespace nepho::report
