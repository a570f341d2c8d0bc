// `nepho detect --near-misses` as a user meets it.
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

constexpr std::string_view kRules = R"(title: Silent rule
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: NearEvent, userIdentity.type: NobodyHasThis}, condition: s}
---
title: Loud rule
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: NearEvent}, condition: s}
)";

class NearMissCommand : public testing::Test {
 protected:
  tests::Run detect(std::vector<std::string> more) const {
    std::vector<std::string> words{"detect", "--rules", rules_, log_};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words);
  }

  TemporaryFolder folder_;
  std::string log_ = folder_.write("log.ndjson", cloudtrail_record("NearEvent", "1") + "\n" +
                                                     cloudtrail_record("OtherEvent", "2") + "\n");
  std::string rules_ = folder_.write("rules.yml", kRules);
};

TEST_F(NearMissCommand, ShowsWhatKeptARuleSilent) {
  const auto run = detect({"--near-misses"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("Silent rule"), HasSubstr("userIdentity.type"),
                    HasSubstr("nobodyhasthis"), HasSubstr("IAMUser"), HasSubstr("1 of 1")));
  EXPECT_THAT(run.err, HasSubstr("1 rule never fired though their event came"));
  EXPECT_THAT(detect({}).out, Not(HasSubstr("nobodyhasthis")));
}

TEST_F(NearMissCommand, IsPartOfTheDocumentAndOfTheSummary) {
  const std::string summary = (folder_.path() / "summary.json").string();
  for (const char* format : {"json", "ndjson"}) {
    const auto run = detect({"--near-misses", "--format", format, "--summary", summary});
    const auto written =
        text::JsonDocument::parse(std::string(format) == "json" ? run.out : contents_of(summary));
    ASSERT_TRUE(written) << run.out;
    const auto misses = written->root().find("near_misses");
    ASSERT_TRUE(misses);
    ASSERT_EQ(misses->num_children(), 1U);
    const auto miss = *misses->children().begin();
    EXPECT_EQ(miss.find("rule")->string_at("title"), "Silent rule");
    EXPECT_EQ(miss.find("events")->text(), "1");
    EXPECT_EQ(miss.find("first")->find("line")->text(), "1");
  }
  EXPECT_TRUE(text::JsonDocument::parse(detect({"--format", "json"}).out));
}

}  // namespace
}  // namespace nepho::tests
