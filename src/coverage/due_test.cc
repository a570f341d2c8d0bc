#include "coverage/due.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using evidence::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// T1136.003 on aws: a rule and two procedures; proof ends after 180 days.
class DuePlays : public testing::Test {
 protected:
  DuePlays() : inputs_(sample_.inputs()) {
    inputs_.detections = {sample_rule("r", {"T1136.003"})};
    inputs_.detections[0].hash = "h";
    inputs_.procedures = {sample_procedure("p1"), sample_procedure("p2")};
  }
  void play(const std::string& id, double age, bool alerted = true, const std::string& hash = "h",
            Kind kind = Kind::kSynthetic) {
    inputs_.evidence.push_back(sample_play(id, {{"r", hash, alerted}}, age, kind));
  }
  std::vector<std::string> due() {
    const Coverage coverage = assess(inputs_);
    std::vector<std::string> lines;
    for (const DuePlay& one : due_plays(coverage)) {
      lines.push_back(one.procedure + (one.has_ended ? " stale: " : " due: ") + one.why);
    }
    return lines;
  }

  SampleMatrix sample_;
  Inputs inputs_;
};

TEST_F(DuePlays, EndByTheirAgeWithAMonthsNotice) {
  play("p1", 149.5);
  EXPECT_THAT(due(), IsEmpty());
  inputs_.evidence.clear();
  play("p1", 150);
  EXPECT_THAT(due(), ElementsAre("p1 due: ends in 30 days"));
  inputs_.evidence.clear();
  play("p1", 179.5);
  play("p2", 181);
  EXPECT_THAT(due(),
              ElementsAre("p2 stale: expired: older than 180 days", "p1 due: ends in 0 days"));
}

TEST_F(DuePlays, EndByWhatTheyRestOn) {
  play("p1", 1, true, "of another text");
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p1 stale: expired: the rule's tests have changed")));
  inputs_.evidence.clear();
  play("p1", 1);
  inputs_.detections[0].enabled = false;
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p1 stale: counts nothing: the rule counts nothing")));
}

TEST_F(DuePlays, ALaterPlaySettlesTheOneBefore) {
  play("p1", 200);
  play("p1", 3);
  play("p2", 3, true, "of another text");
  play("p2", 2);
  EXPECT_THAT(due(), IsEmpty());
  // Of another kind: real logs prove what a made record does not.
  play("p1", 200, true, "h", Kind::kReplay);
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p1 stale")));
}

TEST_F(DuePlays, EndByTheSchemaOfTheirLogSource) {
  inputs_.schema_digests = {{"aws.cloudtrail", "now"}};
  play("p1", 1);
  inputs_.evidence.back().schema_hash = "then";
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p1 stale: expired: the log source's schema")));
  inputs_.evidence.back().schema_hash =
      evidence::schema_hash(inputs_.schema_digests, inputs_.procedures[0].log_sources);
  EXPECT_THAT(due(), IsEmpty());
}

// Two rules alerted, of which one was changed since: the other still proves it.
TEST_F(DuePlays, HoldWhileOneOfTheirRulesDoes) {
  inputs_.detections.push_back(sample_rule("s", {"T1136.003"}));
  inputs_.detections.back().hash = "h";
  for (const auto& [r, s] : {std::pair("h", "before"), std::pair("before", "h")}) {
    inputs_.evidence = {sample_play("p1", {{"r", r, true}, {"s", s, true}}, 1)};
    EXPECT_THAT(due(), IsEmpty()) << r;
  }
  inputs_.evidence = {sample_play("p1", {{"r", "before", true}, {"s", "before", true}}, 1)};
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p1 stale")));
}

TEST_F(DuePlays, WhatHasEndedComesBeforeWhatWill) {
  play("p1", 179);
  play("p2", 1, true, "of another text");
  EXPECT_THAT(due(), ElementsAre(HasSubstr("p2 stale"), "p1 due: ends in 1 day"));
}

TEST_F(DuePlays, WhatNeverProvedAnythingIsNotDue) {
  play("p1", 300, false);
  inputs_.detections.push_back(sample_rule("elsewhere", {"T1530"}));
  inputs_.detections.back().hash = "h";
  inputs_.evidence.push_back(sample_play("p2", {{"elsewhere", "h", true}}, 1));
  EXPECT_THAT(due(), IsEmpty());
}

}  // namespace
}  // namespace nepho::coverage
