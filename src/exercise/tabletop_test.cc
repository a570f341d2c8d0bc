#include "exercise/tabletop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using tests::ClaimingRule;

constexpr std::string_view kProcedure = R"(id: aws.persistence.make-user
name: A user is made
technique: T1136.003
log_sources: [aws.cloudtrail]
as: role-session
from: {address: foreign}
steps:
  - {call: iam:ListUsers, times: 3, every: 2s}
  - {call: iam:CreateUser, after: 30s}
  - {call: s3:GetObject, after: 1h}
lookalike:
  - {name: A user with a path, as: provisioning, steps: [{call: iam:CreateUser, request: {path: /ci/}}]}
)";

const ClaimingRule kMade{"made", "T1136.003", "{eventName: CreateUser}"};
const ClaimingRule kRead{"read", "T1530", "{eventName: GetObject}"};

class Tabletop : public testing::Test {
 protected:
  Tabletop()
      : operations_(Operations::load(knowledge_, report_)),
        sources_(event::LogSources::load(knowledge_, report_)) {}

  Walkthrough told(const std::vector<ClaimingRule>& rules, const IsReceived& is_received,
                   std::string_view yaml = kProcedure) {
    book_ = std::make_unique<tests::BookOf>(sources_, rules);
    procedure_ = parse_procedure(yaml, "p.yml", "aws.persistence.make-user", operations_, report_);
    EXPECT_TRUE(procedure_) << to_string(report_.problems().back());
    const Stage stage{*operations_.find("aws"), context_, 1, Instant{}};
    auto told = make_walkthrough({.procedure = *procedure_,
                                  .other_ways = {&*procedure_},
                                  .stage = stage,
                                  .rules = book_->book(),
                                  .log_sources = sources_,
                                  .is_received = is_received,
                                  .guide = guide_});
    EXPECT_TRUE(told) << to_string(told.error());
    return told ? *std::move(told) : Walkthrough{};
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  event::LogSources sources_;
  TabletopGuide guide_;
  Context context_;
  std::unique_ptr<tests::BookOf> book_;
  std::optional<Procedure> procedure_;
};

bool everything(std::string_view) { return true; }
bool no_data_events(std::string_view id) { return id != "aws.cloudtrail.s3_data"; }

std::vector<std::string> events_of(const Part& part) {
  std::vector<std::string> events;
  for (const Inject& inject : part.injects) events.push_back(inject.event);
  return events;
}

TEST_F(Tabletop, TellsTheAttackThenWhatLooksLikeItThenOtherWays) {
  const Walkthrough walkthrough = told({kMade}, everything);
  ASSERT_EQ(walkthrough.parts.size(), 3U);
  EXPECT_EQ(walkthrough.parts[0].kind, Part::Kind::kAttack);
  EXPECT_EQ(walkthrough.parts[1].kind, Part::Kind::kLookalike);
  EXPECT_EQ(walkthrough.parts[1].scenario->name, "A user with a path");
  EXPECT_EQ(walkthrough.parts[2].kind, Part::Kind::kOtherWay);
}

TEST_F(Tabletop, ABurstOfTheSameCallIsOneInject) {
  const Walkthrough walkthrough = told({kMade}, everything);
  const Part& attack = walkthrough.parts[0];
  EXPECT_THAT(events_of(attack), ElementsAre("AssumeRole", "ListUsers", "CreateUser", "GetObject"));
  EXPECT_TRUE(attack.injects[0].is_setup);
  EXPECT_EQ(attack.injects[1].records.size(), 3U);
}

TEST_F(Tabletop, ARuleStandsAtTheInjectWhereItFiresFirst) {
  const Part attack = told({kMade, kRead}, everything).parts[0];
  EXPECT_THAT(attack.injects[1].alerts, IsEmpty());
  EXPECT_THAT(attack.injects[2].alerts, ElementsAre(0U));
  EXPECT_THAT(attack.injects[3].alerts, ElementsAre(1U));
}

TEST_F(Tabletop, WhatALogThatIsOffWouldHaveShownIsMissed) {
  const Walkthrough walkthrough = told({kMade, kRead}, no_data_events);
  const Inject& read = walkthrough.parts[0].injects[3];
  EXPECT_FALSE(read.is_received);
  EXPECT_THAT(read.alerts, IsEmpty());
  EXPECT_THAT(read.missed, ElementsAre(1U));
}

TEST_F(Tabletop, SaysWhyNothingFires) {
  const Walkthrough walkthrough = told({}, everything);
  EXPECT_EQ(walkthrough.judgement.evidence.verdict, evidence::Verdict::kNoAlert);
  EXPECT_FALSE(walkthrough.judgement.evidence.reason.empty());
}

TEST_F(Tabletop, FactsAreWhoAndWhatAndWhatTheRulesLookAt) {
  const ClaimingRule rule{"made", "T1136.003", "{requestParameters.userName|exists: true}"};
  const Part attack = told({rule}, everything).parts[0];
  const std::vector<Fact>& facts = attack.injects[2].facts;
  EXPECT_THAT(facts, Contains(Field(&Fact::path, "userIdentity.arn")));
  EXPECT_THAT(facts, Contains(Field(&Fact::path, "sourceIPAddress")));
  EXPECT_THAT(facts, Contains(Field(&Fact::path, "requestParameters.userName")));
}

TEST_F(Tabletop, FactsBelowTheGuidesPathsAreShownToo) {
  guide_.shows["aws.cloudtrail"] = {"requestParameters"};
  const Part attack = told({}, everything).parts[0];
  EXPECT_THAT(attack.injects[3].facts, Contains(Field(&Fact::path, "requestParameters.key")));
}

TEST_F(Tabletop, TheSameSeedTellsTheSame) {
  const Part first = told({kMade}, everything).parts[0];
  const Part second = told({kMade}, everything).parts[0];
  EXPECT_EQ(first.injects[2].records.front().text, second.injects[2].records.front().text);
  EXPECT_EQ(first.injects[2].facts, second.injects[2].facts);
}

TEST_F(Tabletop, AProcedureThatCannotBePlayedIsAnError) {
  context_.lists["networks"] = {"0.0.0.0/0"};  // no address is a stranger's
  const auto procedure =
      parse_procedure(kProcedure, "p.yml", "aws.persistence.make-user", operations_, report_);
  tests::BookOf book(sources_, {});
  const Stage stage{*operations_.find("aws"), context_, 1, Instant{}};
  const IsReceived received = everything;
  const auto told = make_walkthrough({.procedure = *procedure,
                                      .other_ways = {},
                                      .stage = stage,
                                      .rules = book.book(),
                                      .log_sources = sources_,
                                      .is_received = received,
                                      .guide = guide_});
  EXPECT_FALSE(told);
}

}  // namespace
}  // namespace nepho::exercise
