#include "exercise/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"
#include "tests/support/program.h"
#include "tests/support/rules_on_trial.h"

namespace nepho::exercise {
namespace {

using evidence::Outcome;
using evidence::Verdict;
using ::testing::HasSubstr;
using tests::ClaimingRule;

constexpr std::string_view kProcedure = R"(id: aws.persistence.make-user
name: A user is made
technique: T1136.003
log_sources: [aws.cloudtrail]
as: role-session
steps:
  - call: iam:ListUsers
  - {call: iam:CreateUser, after: 30s}
lookalike:
  - {name: A user with a path, as: provisioning, steps: [{call: iam:CreateUser, request: {path: /ci/}}]}
)";

class Judging : public testing::Test {
 protected:
  Judging() : operations_(Operations::load(knowledge_, report_)) { load_sources(knowledge_); }

  void load_sources(const Knowledge& knowledge) {
    sources_ = event::LogSources::load(knowledge, report_);
  }

  Judgement judged(const std::vector<ClaimingRule>& rules, bool receives = true,
                   std::string_view yaml = kProcedure) {
    tests::BookOf book(sources_, rules);
    book.book().gated = gated_;
    const auto procedure =
        parse_procedure(yaml, "p.yml", "aws.persistence.make-user", operations_, report_);
    EXPECT_TRUE(procedure) << to_string(report_.problems().back());
    Judge judge(book.book(), [&](std::string_view) { return receives; });
    const Context context;
    return judge.judge(*procedure, {*operations_.find("aws"), context, 1, Instant{}});
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  event::LogSources sources_;
  std::vector<GatedRule> gated_;
};

const ClaimingRule kQuiet{"quiet", "T1136.003",
                          "{eventName: CreateUser, responseElements.user.path: /}"};
const ClaimingRule kNoisy{"noisy", "T1136.003", "{eventName: CreateUser}"};

TEST_F(Judging, ARuleOfTheTechniqueThatFiresIsAnAlert) {
  const auto judgement = judged({kQuiet});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kAlerted) << judgement.evidence.reason;
  EXPECT_EQ(judgement.evidence.outcome, Outcome::kAlerted);
  EXPECT_EQ(judgement.evidence.kind, evidence::Kind::kSynthetic);
  EXPECT_EQ(judgement.evidence.latency, std::chrono::seconds(30));
  EXPECT_EQ(judgement.evidence.events, 3U);  // with the opening of the session
  EXPECT_THAT(judgement.evidence.digest, HasSubstr("sha256:"));
  ASSERT_EQ(judgement.evidence.trials.size(), 1U);
  EXPECT_EQ(judgement.evidence.trials[0],
            (evidence::Trial{.rule = "quiet", .hash = "hash", .alerted = true}));
}

TEST_F(Judging, ARuleOfTheParentCountsForTheSub) {
  ClaimingRule parent = kQuiet;
  parent.technique = "T1136";
  EXPECT_EQ(judged({parent}).evidence.verdict, Verdict::kAlerted);
}

TEST_F(Judging, ARuleMappedElsewhereIsNoAlertOfTheTechnique) {
  ClaimingRule other = kQuiet;
  other.technique = "T1078.004";
  const auto judgement = judged({other});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kAlertedOther);
  EXPECT_EQ(judgement.evidence.outcome, Outcome::kLogged);
  EXPECT_EQ(judgement.evidence.reason,
            "'quiet' is mapped to T1078.004; no rule is mapped to T1136.003");
  EXPECT_FALSE(judgement.is_claimed);
}

TEST_F(Judging, ARuleThatFiresOnTheLookalikeProvesLess) {
  const auto judgement = judged({kNoisy});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kAlsoBenign);
  EXPECT_THAT(judgement.evidence.reason, HasSubstr("A user with a path"));
  EXPECT_TRUE(judgement.evidence.trials[0].also_benign);
}

TEST_F(Judging, SilenceIsExplainedByTheRuleThatCameNearest) {
  const auto judgement =
      judged({{"near", "T1136.003", "{eventName: CreateUser, userIdentity.type: Root}"},
              {"far", "T1136.003", "{eventName: DeleteUser}"}});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kNoAlert);
  EXPECT_EQ(judgement.evidence.reason,
            "'near' came nearest: userIdentity.type should be root, and is AssumedRole");
  EXPECT_TRUE(judgement.is_claimed);
  ASSERT_EQ(judgement.evidence.trials.size(), 1U);  // the far one was not made for it
  EXPECT_FALSE(judgement.evidence.trials[0].alerted);
}

TEST_F(Judging, ARuleThatCannotRunIsTheReason) {
  gated_ = {{"broken", "broken", {"T1136.003"}, "'startwith' is not a modifier"}};
  const auto judgement = judged({});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kNoAlert);
  EXPECT_EQ(judgement.evidence.reason, "'broken' cannot run: 'startwith' is not a modifier");
  EXPECT_TRUE(judgement.is_claimed);
}

// The broken rule may be the one that was made for these events; one that came near hides it.
TEST_F(Judging, ARuleThatCannotRunIsToldBesideTheOneThatCameNearest) {
  gated_ = {{"broken", "broken", {"T1136.003"}, "'startwith' is not a modifier"}};
  const auto judgement =
      judged({{"near", "T1136.003", "{eventName: CreateUser, userIdentity.type: Root}"}});
  EXPECT_EQ(judgement.evidence.reason,
            "'near' came nearest: userIdentity.type should be root, and is AssumedRole; "
            "'broken' cannot run: 'startwith' is not a modifier");
}

TEST_F(Judging, WithoutTheLogThereIsNoTelemetry) {
  const auto judgement = judged({kQuiet}, /*receives=*/false);
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kNoTelemetry);
  EXPECT_EQ(judgement.evidence.outcome, Outcome::kNone);
  EXPECT_EQ(judgement.evidence.reason, "aws.cloudtrail is not received");
}

TEST_F(Judging, TheOpeningOfASessionProvesNothing) {
  const auto judgement = judged({{"assume", "T1136.003", "{eventName: AssumeRole}"}});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kNoAlert);
}

TEST_F(Judging, ARuleThatReachesNobodyIsNoAlert) {
  ClaimingRule informational = kQuiet;
  informational.is_alert = false;
  EXPECT_EQ(judged({informational}).evidence.verdict, Verdict::kNoAlert);
}

TEST_F(Judging, ALogSourceThatIsNotRecognisedIsAnErrorAndNoSilence) {
  const tests::TemporaryFolder folder;
  folder.write("logsources/aws.cloudtrail.yml",
               "id: aws.cloudtrail\nprovider: aws\ntitle: t\n"
               "sigma: [{product: aws, service: cloudtrail}]\nrecognised_by: [[noSuchMember]]\n");
  Knowledge broken;
  ASSERT_TRUE(broken.lay_over(folder.path()));
  load_sources(broken);
  const auto judgement = judged({kQuiet});
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kError);
  EXPECT_THAT(judgement.evidence.reason, HasSubstr("a record of aws.cloudtrail is read as"));
}

TEST_F(Judging, WhatCannotBePlayedIsAnError) {
  std::string yaml(kProcedure);
  yaml.replace(yaml.find("{call: iam:CreateUser, after: 30s}"), 34,
               "{call: iam:CreateUser, request: {userName: '{identity.nothing}'}}");
  const auto judgement = judged({kQuiet}, true, yaml);
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kError);
  EXPECT_THAT(judgement.evidence.reason, HasSubstr("p.yml:8:"));
}

TEST_F(Judging, ACorrelationSeesTheStepsTogether) {
  constexpr const char* kRules = R"(title: users are listed
name: listed
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: ListUsers}, condition: s}
---
title: a user is made
name: made
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: CreateUser}, condition: s}
---
title: listed, then made
correlation:
  type: temporal_ordered
  rules: [listed, made]
  group-by: [userIdentity.arn]
  timespan: 1m
)";
  tests::BookOf book(sources_, kRules,
                     {{"listed", "listed", {"T1136.003"}, "hash", true},
                      {"made", "made", {"T1136.003"}, "hash", true},
                      {"both", "both", {"T1136.003"}, "hash", true}});
  const auto procedure =
      parse_procedure(kProcedure, "p.yml", "aws.persistence.make-user", operations_, report_);
  ASSERT_TRUE(procedure);
  Judge judge(book.book(), [](std::string_view) { return true; });
  const Context context;
  const auto judgement = judge.judge(*procedure, {*operations_.find("aws"), context, 1, Instant{}});
  // The rules it refers to are silent, and the look-alike makes a user without a look around.
  EXPECT_EQ(judgement.evidence.verdict, Verdict::kAlerted) << judgement.evidence.reason;
  ASSERT_EQ(judgement.evidence.trials.size(), 1U);
  EXPECT_EQ(judgement.evidence.trials[0].rule, "both");
}

TEST_F(Judging, TellsWhichRulesFireOnRecordsThatWereGiven) {
  tests::BookOf book(sources_, {kQuiet, {"far", "T1136.003", "{eventName: DeleteUser}"}});
  const auto procedure =
      parse_procedure(kProcedure, "p.yml", "aws.persistence.make-user", operations_, report_);
  ASSERT_TRUE(procedure);
  const Context context;
  auto records = play(procedure->attack, {*operations_.find("aws"), context, 1, Instant{}}, "x");
  ASSERT_TRUE(records);
  Judge judge(book.book(), [](std::string_view) { return true; });
  EXPECT_EQ(*judge.fired_on(*records), std::set<std::uint32_t>{0});
  for (Record& record : *records) record.is_setup = true;
  EXPECT_TRUE(judge.fired_on(*records)->empty());
}

TEST_F(Judging, WhatIsNoRecordOfItsLogSourceFiresNothingAndSaysSo) {
  tests::BookOf book(sources_, {kQuiet});
  Judge judge(book.book(), [](std::string_view) { return true; });
  const auto fired = judge.fired_on({{.text = R"({"a":"b"})", .log_source = "aws.cloudtrail"}});
  ASSERT_FALSE(fired);
  EXPECT_EQ(fired.error().code, kNotRecognised);
}

TEST_F(Judging, TheSamePlayGivesTheSameEvidence) {
  EXPECT_EQ(judged({kQuiet, kNoisy}).evidence, judged({kQuiet, kNoisy}).evidence);
}

}  // namespace
}  // namespace nepho::exercise
