#include "exercise/mutation_trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"
#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::ClaimingRule;

constexpr std::string_view kProcedure = R"(id: aws.persistence.make-user
name: A user is made
technique: T1136.003
log_sources: [aws.cloudtrail]
as: iam-user
from: {address: foreign, agent: kali}
steps:
  - {call: iam:CreateUser, request: {userName: "{new_user}"}}
lookalike:
  - {name: l, steps: [{call: iam:ListUsers}]}
)";

constexpr std::string_view kMutations = R"(changes:
  agent:
    by: attacker
    dies_if: the client gives another name
    edits: [{in: aws.cloudtrail, set: {userAgent: [one, two]}}]
  names:
    by: attacker
    dies_if: what is made has another name
    edits: [{in: aws.cloudtrail, rename: [requestParameters.userName], to: [eve]}]
  elsewhere:
    by: attacker
    dies_if: it is of another log
    edits: [{in: aws.vpc_flow, set: {srcaddr: [1.2.3.4]}}]
callers:
  instead: [{as: iam-user, by: role-session, dies_if: the user assumes a role first}]
)";

class Trial : public testing::Test {
 protected:
  Trial() : operations_(Operations::load(knowledge_, report_)) {
    sources_ = event::LogSources::load(knowledge_, report_);
    mutations_.add(kMutations, "m.yml", *operations_.find("aws"), report_);
    EXPECT_THAT(report_.problems(), IsEmpty());
  }

  std::vector<RuleTrial> tried(const std::vector<ClaimingRule>& rules) {
    tests::BookOf book(sources_, rules);
    return tried(book.book());
  }
  std::vector<RuleTrial> tried(const RuleBook& book, std::string_view yaml = kProcedure) {
    MutationTrial trial(book, mutations_, [](std::string_view) { return true; });
    const auto procedure =
        parse_procedure(yaml, "p.yml", "aws.persistence.make-user", operations_, report_);
    EXPECT_TRUE(procedure);
    const Context context;
    added_ = trial.add(*procedure, {*operations_.find("aws"), context, 1, Instant{}});
    changes_ = trial.changes();
    num_unrecognised_ = trial.num_unrecognised();
    return trial.rules();
  }
  static std::vector<std::string> died_of(const RuleTrial& rule, By by) {
    std::vector<std::string> changes;
    for (const Death& death : rule.deaths) {
      if (death.by == by) changes.push_back(death.change);
    }
    return changes;
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  event::LogSources sources_;
  Mutations mutations_;
  Result<void> added_;
  std::vector<ChangeTrial> changes_;
  std::size_t num_unrecognised_ = 0;
};

const ClaimingRule kTheCall{"call", "T1136.003", "{eventName: CreateUser}"};
const ClaimingRule kTheAgent{"agent", "T1136.003", "{userAgent|contains: kali}"};

TEST_F(Trial, ARuleOnTheCallSurvivesWhatLeavesTheCall) {
  const auto rules = tried({kTheCall});
  EXPECT_EQ(rules[0].attacker, (Tally{3, 3}));
  EXPECT_THAT(died_of(rules[0], By::kAttacker), IsEmpty());
  EXPECT_THAT(rules[0].procedures, ElementsAre("aws.persistence.make-user"));
}

TEST_F(Trial, ARuleOnTheClientDiesOfAnother) {
  const auto rules = tried({kTheAgent});
  EXPECT_EQ(rules[0].attacker, (Tally{3, 2}));
  ASSERT_THAT(died_of(rules[0], By::kAttacker), ElementsAre("agent"));
  EXPECT_EQ(rules[0].deaths[0].what, "the client gives another name");
  EXPECT_THAT(rules[0].deaths[0].fields, ElementsAre("userAgent"));
  EXPECT_THAT(rules[0].deaths[0].procedures, ElementsAre("aws.persistence.make-user"));
}

TEST_F(Trial, AChangeInTwoVariantsIsSurvivedOnlyInBoth) {
  const auto rules = tried({{"half", "T1136.003", "{userAgent|contains: [kali, one]}"}});
  EXPECT_THAT(died_of(rules[0], By::kAttacker), ElementsAre("agent"));
}

TEST_F(Trial, OnlyWhatTouchesAFieldOfTheRuleCountsAsTouching) {
  const auto rules = tried({kTheAgent, kTheCall});
  EXPECT_EQ(rules[0].touching, (Tally{1, 0}));
  EXPECT_EQ(rules[1].touching, (Tally{0, 0}));
}

TEST_F(Trial, TheSessionThatTheAttackerOpensIsAStepOfHis) {
  const auto rules = tried(
      {{"user", "T1136.003", "{eventName: [CreateUser, AssumeRole], userIdentity.type: IAMUser}"}});
  EXPECT_THAT(died_of(rules[0], By::kAttacker), IsEmpty());
}

TEST_F(Trial, ARuleOnTheKindOfCallerDiesOfAnotherCaller) {
  const auto rules =
      tried({{"user", "T1136.003", "{eventName: CreateUser, userIdentity.type: IAMUser}"}});
  ASSERT_THAT(died_of(rules[0], By::kAttacker), ElementsAre("caller"));
  EXPECT_THAT(rules[0].deaths[0].fields, ElementsAre("userIdentity.type"));
}

TEST_F(Trial, OfTheProviderOnlyFieldsThatTheRuleLooksAtAreChanged) {
  const auto rules = tried({kTheAgent});
  const auto changes = died_of(rules[0], By::kProvider);
  EXPECT_THAT(changes, Contains("field-dropped"));
  EXPECT_THAT(changes, Contains("field-moved"));
  EXPECT_THAT(changes, Not(Contains("field-listed")));
  for (const Death& death : rules[0].deaths)
    EXPECT_THAT(death.fields, ElementsAre("userAgent")) << death.change;
}

TEST_F(Trial, FieldsOfOtherRulesCountForNone) {
  const Tally alone = tried({kTheCall})[0].provider;
  const auto together = tried({kTheCall, kTheAgent});
  EXPECT_EQ(together[0].provider, alone);
  EXPECT_GT(together[1].provider.applied, 0U);
}

TEST_F(Trial, WhatTheRecordIsKnownByIsNoTestOfARule) {
  // Without its name a record is none of CloudTrail's any more: such mutants are not counted.
  const auto rules = tried({kTheCall});
  for (const Death& death : rules[0].deaths) EXPECT_NE(death.change, "field-dropped");
  EXPECT_GT(num_unrecognised_, 0U);
}

TEST_F(Trial, ARuleThatDoesNotFireHasNoScore) {
  const auto rules = tried({{"other", "T1136.003", "{eventName: DeleteUser}"}});
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].attacker.score(), std::nullopt);
  EXPECT_THAT(rules[0].procedures, IsEmpty());
}

TEST_F(Trial, ARuleThatReachesNobodyIsNotTried) {
  ClaimingRule silent = kTheCall;
  silent.is_alert = false;
  EXPECT_THAT(tried({silent}), IsEmpty());
}

TEST_F(Trial, ACorrelationIsHeldAgainstTheWholeAttack) {
  constexpr const char* kRules = R"(title: any call
name: any
logsource: {product: aws, service: cloudtrail}
detection: {s: {userAgent|contains: kali}, condition: s}
---
title: many
correlation: {type: event_count, rules: [any], group-by: [userAgent], timespan: 1h, condition: {gte: 3}}
)";
  tests::BookOf book(sources_, kRules,
                     {{"any", "any", {}, "h", false}, {"many", "many", {}, "h", true}});
  std::string yaml(kProcedure);
  yaml.replace(yaml.find("{call: iam:CreateUser"), 21, "{times: 3, call: iam:CreateUser");
  const auto rules = tried(book.book(), yaml);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].rule, 1U);
  EXPECT_THAT(died_of(rules[0], By::kAttacker), ElementsAre("agent"));
  EXPECT_THAT(rules[0].deaths[0].fields, ElementsAre("userAgent"));
}

TEST_F(Trial, AChangeIsCountedOverAllRules) {
  tried({kTheAgent, kTheCall});
  const auto agent = std::ranges::find(changes_, "agent", &ChangeTrial::change);
  ASSERT_NE(agent, changes_.end());
  EXPECT_EQ(agent->tally, (Tally{2, 1}));
  EXPECT_THAT(changes_, Not(Contains(testing::Field(&ChangeTrial::change, "elsewhere"))));
}

TEST_F(Trial, WhatCannotBePlayedIsAnError) {
  tests::BookOf book(sources_, {kTheCall});
  std::string yaml(kProcedure);
  yaml.replace(yaml.find("{new_user}"), 10, "{identity.nothing}");
  tried(book.book(), yaml);
  ASSERT_FALSE(added_);
  EXPECT_EQ(added_.error().code, kUnknownName);
}

TEST(MedianScore, IsTheMiddleOfThoseThatHaveOne) {
  const auto rule = [](std::size_t applied, std::size_t survived) {
    return RuleTrial{.attacker = {applied, survived}};
  };
  EXPECT_EQ(median_score({}, &RuleTrial::attacker), std::nullopt);
  const std::vector odd{rule(4, 1), rule(0, 0), rule(4, 4), rule(4, 2)};
  EXPECT_EQ(median_score(odd, &RuleTrial::attacker), 0.5);
  const std::vector even{rule(4, 1), rule(4, 2)};
  EXPECT_EQ(median_score(even, &RuleTrial::attacker), 0.375);
}

}  // namespace
}  // namespace nepho::exercise
