#include "alert/assertions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::alert {
namespace {

using ::testing::SizeIs;

std::vector<Assertion> read(std::string_view text) {
  LoadReport report;
  const auto all = read_assertions(text, "f", report);
  EXPECT_TRUE(all);
  EXPECT_FALSE(report.has_errors());
  return all.value_or(std::vector<Assertion>{});
}

TEST(Assertions, VectrsCompletedTestCasesAreClaims) {
  const auto all = read(
      "AssessmentGroup,Campaign,Variant,MitreID,Status,Outcome,Alert Triggered,Activity Logged,"
      "DetectingTools,Start Time\n"
      "Q1,Cloud,Key made,T1098.001,Completed,Detected,Yes,Yes,\"SIEM, EDR\",2026-03-01T10:00:00Z\n"
      "Q1,Cloud,Trail stopped,T1562.008,Completed,NotDetected,No,Yes,,\n"
      "Q1,Cloud,Quiet,T1580,Completed,Not Detected,No,No,,\n"
      "Q1,Cloud,Stopped,T1537,Completed,Blocked,No,TBD,SCP,\n"
      "Q1,Cloud,Later,T1537,NotPerformed,TBD,,,,\nQ1,Cloud,Nothing,,Completed,Detected,,,,\n"
      "Q1,Cloud,Open,T1537,Completed,TBD,,,,\n");
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(all[0].source, "vectr");
  EXPECT_EQ(all[0].name, "Key made");
  EXPECT_EQ(all[0].claimed, Claimed::kDetected);
  EXPECT_EQ(all[0].note, "by SIEM, EDR");
  EXPECT_TRUE(all[0].time);
  EXPECT_EQ(all[1].claimed, Claimed::kLogged);
  EXPECT_EQ(all[2].claimed, Claimed::kNotDetected);
  EXPECT_EQ(all[3].claimed, Claimed::kBlocked);
  EXPECT_EQ(all[3].place.line, 5U);
}

TEST(Assertions, DettectsLatestScoreIsTheClaim) {
  const auto all = read(R"(version: 1.2
file_type: technique-administration
name: cloud
domain: enterprise-attack
platform: [IaaS]
techniques:
- technique_id: T1098
  technique_name: Account Manipulation
  detection:
    applicable_to: [all]
    location: [SIEM, '']
    score_logbook:
    - {date: 2025-01-01, score: 1, comment: ''}
    - {date: 2026-01-01, score: 4, comment: better}
  visibility: {applicable_to: [all], score_logbook: [{date: 2025-01-01, score: 2}]}
- technique_id: T1580
  detection:
  - {applicable_to: [a], location: [EDR], score_logbook: [{date: null, score: -1}]}
  - {applicable_to: [b], location: [SIEM], score_logbook: [{date: 2025-05-01, score: 0}]}
- technique_id: nonsense
  detection: {score_logbook: [{date: 2025-05-01, score: 3}]}
- technique_id: T1537
  detection: {score_logbook: [{date: 2025-05-01, score: 99}]}
)");
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].technique, "T1098");
  EXPECT_EQ(all[0].claimed, Claimed::kDetected);
  EXPECT_EQ(all[0].note, "score 4 of 5");
  EXPECT_EQ(all[0].name, "SIEM");
  EXPECT_EQ(all[0].place.line, 7U);
  EXPECT_EQ(all[1].claimed, Claimed::kNotDetected);
  EXPECT_EQ(all[2].claimed, Claimed::kLogged);
}

TEST(Assertions, WhatIsNeitherIsSomethingElse) {
  LoadReport report;
  for (const char* text : {"", "{}", "procedure,outcome\na,alerted\n", "file_type: group\n"}) {
    EXPECT_FALSE(read_assertions(text, "f", report)) << text;
  }
  const auto broken = read_assertions("file_type: technique-administration\n[", "f", report);
  EXPECT_TRUE(broken && broken->empty());
  EXPECT_TRUE(report.has_errors());
}

}  // namespace
}  // namespace nepho::alert
