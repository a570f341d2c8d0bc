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

  Replay replayed(const std::vector<LabelledLines>& cases, bool receives = true) {
    tests::BookOf book(sources_,
                       {{"make", "T1136.003", "{eventName: CreateUser}"},
                        {"root", "T1531", "{eventName: DeleteUser, userIdentity.type: Root}"}});
    return replay(
        cases, folder_.path(), book.book(), [&](std::string_view) { return receives; }, 1);
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

}  // namespace
}  // namespace nepho::exercise
