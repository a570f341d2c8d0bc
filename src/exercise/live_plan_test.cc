#include "exercise/live_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"

namespace nepho::exercise {
namespace {

LivePlan plan() {
  LivePlan plan{.made = Instant(std::chrono::hours(10)), .plays = {}};
  plan.plays.push_back({.run = run_id(plan.made, "aws.persistence.create-user"),
                        .procedure = "aws.persistence.create-user",
                        .name = "A \"user\" is made",
                        .technique = "T1136.003",
                        .provider = "aws",
                        .stratus = "",
                        .commands = {"# as x", "aws iam create-user"},
                        .account = "111122223333",
                        .actor = "eve",
                        .address = ""});
  return plan;
}

TEST(LivePlan, ReadsBackAsItWasWritten) {
  const auto read = parse_live_plan(to_json(plan()), "plan.json");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, plan());
}

TEST(LivePlan, WhatIsNoPlanIsRefusedWithItsPlace) {
  for (const char* text :
       {"[]", "{}", R"({"schema": "nephometer/live-plan/1"})",
        R"({"schema": "nephometer/live-plan/1", "made": "2026-03-01T10:00:00Z"})",
        R"({"schema": "nephometer/live-plan/1", "made": "2026-03-01T10:00:00Z", "plays": [{}]})"}) {
    const auto read = parse_live_plan(text, "plan.json");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, kBadPlan);
    EXPECT_EQ(read.error().place.file, "plan.json");
  }
}

TEST(LivePlan, ARunHasAnIdOfItsOwn) {
  const Instant now(std::chrono::hours(10));
  EXPECT_EQ(run_id(now, "a"), run_id(now, "a"));
  EXPECT_NE(run_id(now, "a"), run_id(now, "b"));
  EXPECT_NE(run_id(now, "a"), run_id(now + std::chrono::nanoseconds(1), "a"));
  EXPECT_THAT(run_id(now, "a"),
              testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                    "[0-9a-f]{12}"));
}

}  // namespace
}  // namespace nepho::exercise
