#include "exercise/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cloudtrail.h"
#include "tests/support/program.h"
#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using evidence::Kind;
using evidence::Verdict;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Replaying : public testing::Test {
 protected:
  Replaying() : sources_(event::LogSources::load(knowledge_, report_)) {
    folder_.write("log.ndjson", tests::cloudtrail_record("CreateUser", "1") + "\n" +
                                    tests::cloudtrail_record("DeleteUser", "2") + "\n" +
                                    tests::cloudtrail_record("ListUsers", "3") + "\n{\"a\":1}\n");
  }

  Replay replayed(const std::vector<LabelledLines>& cases, bool receives = true,
                  const AgreedTime& agreed = {}) {
    tests::BookOf book(sources_,
                       {{"make", "T1136.003", "{eventName: CreateUser}"},
                        {"root", "T1531", "{eventName: DeleteUser, userIdentity.type: Root}"}});
    return replay(
        cases, folder_.path(), book.book(), [&](std::string_view) { return receives; }, 1, agreed);
  }
  static LabelledLines attack(std::vector<std::uint64_t> lines, std::string technique) {
    return {.kind = "attack",
            .source = "lab",
            .provider = "aws",
            .file = "log.ndjson",
            .lines = std::move(lines),
            .techniques = {std::move(technique)},
            .name = "case"};
  }
  static const evidence::Evidence& only(const Replay& replay) {
    EXPECT_THAT(replay.judgements, SizeIs(1));
    return replay.judgements.at(0).evidence;
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
  tests::TemporaryFolder folder_;
};

TEST_F(Replaying, WhatFiresIsEvidenceOfTheKindReplay) {
  const auto replay = replayed({attack({1}, "T1136.003")});
  EXPECT_EQ(only(replay).verdict, Verdict::kAlerted);
  EXPECT_EQ(only(replay).kind, Kind::kReplay);
  EXPECT_EQ(only(replay).events, 1U);
}

TEST_F(Replaying, WhatSimulateWroteStaysSynthetic) {
  LabelledLines ours = attack({1}, "T1136.003");
  ours.source = "nephometer";
  EXPECT_EQ(only(replayed({ours})).kind, Kind::kSynthetic);
}

TEST_F(Replaying, OnlyTheLinesOfTheCaseCount) {
  EXPECT_EQ(only(replayed({attack({2, 3}, "T1136.003")})).verdict, Verdict::kNoAlert);
  EXPECT_EQ(only(replayed({attack({}, "T1136.003")})).verdict, Verdict::kAlerted);
}

TEST_F(Replaying, TheNearMissIsTold) {
  const auto replay = replayed({attack({2}, "T1531")});
  EXPECT_EQ(only(replay).reason,
            "'root' came nearest: userIdentity.type should be root, and is IAMUser");
  EXPECT_THAT(only(replay).trials, SizeIs(1));
}

TEST_F(Replaying, WhatNoRuleCouldSeeIsToldApart) {
  EXPECT_EQ(only(replayed({attack({1}, "T1136.003")}, /*receives=*/false)).reason,
            "aws.cloudtrail is not received");
  EXPECT_THAT(only(replayed({attack({99}, "T1136.003")})).reason, HasSubstr("no event"));
  EXPECT_THAT(only(replayed({attack({4}, "T1136.003")})).reason, HasSubstr("no log source"));
  LabelledLines missing = attack({1}, "T1136.003");
  missing.file = "missing.ndjson";
  EXPECT_EQ(only(replayed({missing})).verdict, Verdict::kError);
}

TEST_F(Replaying, TheFirstTechniqueThatARuleCountsForIsTheEvidences) {
  LabelledLines two = attack({1}, "T1531");
  two.techniques.emplace_back("T1136.003");
  EXPECT_EQ(only(replayed({two})).technique, "T1136.003");
}

TEST_F(Replaying, RowsOfOneNameAreOneCase) {
  const auto replay = replayed({attack({2}, "T1136.003"), attack({1}, "T1136.003")});
  EXPECT_EQ(only(replay).verdict, Verdict::kAlerted);
  EXPECT_EQ(only(replay).events, 2U);
}

TEST_F(Replaying, ALookalikeTakesTheProofFromItsCase) {
  LabelledLines benign = attack({1}, "T1136.003");
  benign.kind = "lookalike";
  benign.name = "case: a user of ours";
  const auto replay = replayed({attack({1}, "T1136.003"), benign});
  EXPECT_EQ(only(replay).verdict, Verdict::kAlsoBenign);
  EXPECT_EQ(replay.num_lookalikes, 1U);
  EXPECT_THAT(replay.noisy, SizeIs(1));
}

// An attack that lists users at ten, and makes one 40 minutes later, which the rule sees.
class SlowAttack : public Replaying {
 protected:
  SlowAttack() {
    folder_.write("slow.ndjson",
                  tests::cloudtrail_record("ListUsers", "1") + "\n" +
                      tests::cloudtrail_record("CreateUser", "2", "2026-03-01T10:40:00Z") + "\n");
    case_ = attack({}, "T1136.003");
    case_.file = "slow.ndjson";
  }
  evidence::Evidence after(std::optional<std::chrono::minutes> agreed, int latency_minutes = 0) {
    AgreedTime time{.alert_within = agreed, .latency = {}};
    time.latency["aws.cloudtrail"] = std::chrono::minutes(latency_minutes);
    return only(replayed({case_}, true, time));
  }

  LabelledLines case_;
};

TEST_F(SlowAttack, AnAlertPastTheAgreedTimeIsLate) {
  const auto late = after(std::chrono::minutes(39));
  EXPECT_EQ(late.verdict, Verdict::kLate);
  EXPECT_TRUE(late.trials.at(0).late);
  EXPECT_EQ(late.reason,
            "the first alert came 2400 s after the attack's first event, agreed are 2340 s");
  const auto in_time = after(std::chrono::minutes(40));
  EXPECT_EQ(in_time.verdict, Verdict::kAlerted);
  EXPECT_FALSE(in_time.trials.at(0).late);
  EXPECT_EQ(in_time.latency, std::chrono::minutes(40));
}

TEST_F(SlowAttack, TheLogSourcesLatencyCountsToo) {
  EXPECT_EQ(after(std::chrono::minutes(50), 10).verdict, Verdict::kAlerted);
  EXPECT_EQ(after(std::chrono::minutes(50), 11).verdict, Verdict::kLate);
}

TEST_F(SlowAttack, WithoutAnAgreementOrOnMadeRecordsNothingIsLate) {
  EXPECT_EQ(after(std::nullopt).verdict, Verdict::kAlerted);
  case_.source = "nephometer";
  EXPECT_EQ(after(std::chrono::minutes(1)).verdict, Verdict::kAlerted);
  EXPECT_EQ(after(std::chrono::minutes(1)).latency, std::nullopt);
}

TEST_F(SlowAttack, TheEarliestEventOnWhichTheRuleFiresCounts) {
  folder_.write("slow.ndjson", tests::cloudtrail_record("CreateUser", "2", "2026-03-01T10:40:00Z") +
                                   "\n" + tests::cloudtrail_record("CreateUser", "1") + "\n");
  EXPECT_EQ(after(std::chrono::minutes(1)).verdict, Verdict::kAlerted);
}

}  // namespace
}  // namespace nepho::exercise
