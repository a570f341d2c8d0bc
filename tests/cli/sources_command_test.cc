// `nepho sources` as a user meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cloudtrail.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kRules = R"(title: Rule that can
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: SeenEvent}, condition: s}
---
title: Rule without its event
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: OtherEvent}, condition: s}
---
title: Rule without its field
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: SeenEvent, requestParameters.notThere: x}, condition: s}
---
title: Rule of another log
logsource: {product: azure, service: auditlogs}
detection: {s: {category: x}, condition: s}
)";

class Sources : public testing::Test {
 protected:
  Sources() {
    std::string record = cloudtrail_record("SeenEvent", "1");
    record.insert(record.rfind('}'), R"(,"brandNew":{"x":"<\u001b[31m>"})");
    log_ = folder_.write("log.ndjson", record + "\n" + cloudtrail_record("SeenEvent", "1") + "\n" +
                                           "{\"broken\": \n" + R"({"some":"thing"})" + "\n");
    rules_ = folder_.write("rules.yml", kRules);
  }

  TemporaryFolder folder_;
  std::string log_;
  std::string rules_;
};

TEST_F(Sources, WithoutLogsNamesTheLogSourcesKnown) {
  const auto run = run_nepho({"sources"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("aws.cloudtrail"), HasSubstr("product: aws, service: cloudtrail"),
                    HasSubstr("eventSource = *.amazonaws.com and eventName")));
  EXPECT_THAT(run_nepho({"sources", "--format", "csv"}).out, HasSubstr("aws.cloudtrail,aws,"));
}

// GitHub's records are known by 71 actions, which would make each line 3,000 characters long.
TEST_F(Sources, ShowsPeopleAFewValuesOfASignAndProgramsAll) {
  constexpr const char* kLaterAction = "oauth_authorization.*";
  const auto table = run_nepho({"sources"});
  EXPECT_THAT(table.out, AllOf(HasSubstr(" more and "), Not(HasSubstr(kLaterAction))));
  for (const char* format : {"csv", "json"}) {
    const auto all = run_nepho({"sources", "--format", format});
    EXPECT_THAT(all.out, AllOf(HasSubstr(kLaterAction), Not(HasSubstr(" more and ")))) << format;
  }
}

TEST_F(Sources, SaysWhatLogsHoldAndWhichRulesTheyCouldFeed) {
  const auto run = run_nepho({"sources", log_, "--rules", rules_, "--format", "json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr(log_ + ":3"));
  const auto document = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(document) << run.out;
  const auto root = document->root();
  EXPECT_EQ(root.find("received")->text(), "4");
  EXPECT_EQ(root.find("events")->text(), "3");
  std::vector<std::string> verdicts;
  for (const auto& rule : root.find("rules")->children())
    verdicts.emplace_back(rule.string_at("verdict"));
  EXPECT_THAT(verdicts, testing::ElementsAre("could-fire", "event-not-seen", "field-not-seen",
                                             "log-source-not-seen"));
  EXPECT_THAT(run.out, AllOf(HasSubstr(R"("path": "brandNew")"),
                             HasSubstr(R"("reason": "malformed-json")"), HasSubstr("\"generic\"")));
}

TEST_F(Sources, ShowsTheSameAsTablesAndNothingThatATerminalObeys) {
  const auto run = run_nepho({"sources", log_, "--rules", rules_});
  EXPECT_THAT(run.out, AllOf(HasSubstr("brandNew"), HasSubstr("no event with eventName otherevent"),
                             HasSubstr("no record has the field 'requestParameters.notThere'"),
                             Not(HasSubstr("\x1b"))));
  EXPECT_THAT(run.err, HasSubstr("of 4 rules 1 could fire on records like these"));
  const auto fields = run_nepho({"sources", log_, "--rules", rules_, "--list", "fields"});
  EXPECT_THAT(fields.out, AllOf(HasSubstr("brandNew"), Not(HasSubstr("otherevent"))));
}

// Rows become JSON that is longer than they are: places are those of the rows.
TEST_F(Sources, ReadsRowsOfText) {
  std::string rows;
  for (int i = 0; i < 50; ++i) {
    rows +=
        "2 111122223333 eni-1 10.0.0.1 203.0.113.9 40000 443 6 10 1000 1700000000 1700000060 "
        "ACCEPT OK\n";
  }
  const auto run = run_nepho({"sources", folder_.write("flow.log", rows), "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr(R"("id": "aws.vpc_flow")"), HasSubstr(R"("records": 50)"),
                             HasSubstr(R"("line": 1,)")));
}

TEST_F(Sources, GivesTheSameWithOneThreadAndWithFour) {
  const auto with = [&](const std::string& jobs) {
    return run_nepho({"sources", log_, log_, "--rules", rules_, "--format", "json", "--jobs", jobs})
        .out;
  };
  EXPECT_EQ(with("1"), with("4"));
}

}  // namespace
}  // namespace nepho::tests
