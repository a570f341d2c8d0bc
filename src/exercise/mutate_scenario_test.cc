#include "exercise/mutate_scenario.h"

#include <gtest/gtest.h>

#include "exercise/procedure.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

class OtherWays : public testing::Test {
 protected:
  OtherWays() : operations_(Operations::load(knowledge_, report_)) {}

  Scenario scenario(std::string_view steps) {
    const std::string yaml =
        "id: aws.x.y\nname: n\ntechnique: T1136.003\n"
        "log_sources: [aws.cloudtrail]\nas: iam-user\n"
        "from: {agent: kali}\nsteps:\n" +
        std::string(steps) + "lookalike: [{name: l, steps: [{call: iam:ListUsers}]}]\n";
    auto procedure = parse_procedure(yaml, "p.yml", "aws.x.y", operations_, report_);
    EXPECT_TRUE(procedure) << to_string(report_.problems().back());
    return procedure->attack;
  }
  const ProviderOperations& aws() const { return *operations_.find("aws"); }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
};

TEST_F(OtherWays, AnotherCallTakesThePlaceOfItsOwnOnly) {
  const auto other =
      with_other_call(scenario("  - call: iam:ListUsers\n"
                               "  - {call: iam:CreateUser, request: {path: /x/}}\n"),
                      {.call = "iam:CreateUser", .instead = "iam:CreateRole"}, aws());
  ASSERT_TRUE(other);
  EXPECT_EQ(other->steps[0].calls.front(), "iam:ListUsers");
  EXPECT_EQ(other->steps[1].calls.front(), "iam:CreateRole");
  EXPECT_EQ(text::json_of_yaml(other->steps[1].attributes), "{}");
}

TEST_F(OtherWays, WithoutTheCallThereIsNoOtherWay) {
  EXPECT_FALSE(with_other_call(scenario("  - call: iam:ListUsers\n"),
                               {.call = "iam:CreateUser", .instead = "iam:CreateRole"}, aws()));
}

TEST_F(OtherWays, WhatIsKeptIsTheOperationsWithTheStepsOverIt) {
  const auto other =
      with_other_call(scenario("  - {call: iam:AttachUserPolicy, request: {userName: eve}}\n"),
                      {.call = "iam:AttachUserPolicy",
                       .instead = "iam:PutUserPolicy",
                       .keep = {{"request.userName", "request.userName"},
                                {"region", "region"},
                                {"request.policyArn", "request.policy.arn"},
                                {"request.nothing", "request.nothing"}}},
                      aws());
  ASSERT_TRUE(other);
  EXPECT_EQ(
      text::json_of_yaml(other->steps[0].attributes),
      R"({"request":{"userName":"eve","policy":{"arn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}},)"
      R"("region":"us-east-1"})");
}

TEST_F(OtherWays, TheStepsValuesSayWhetherItIsTheSameEffect) {
  const CallVariant variant{.call = "iam:AttachUserPolicy",
                            .instead = "iam:PutUserPolicy",
                            .when = {{"request.policyArn", {"*/AdministratorAccess"}}}};
  EXPECT_FALSE(with_other_call(scenario("  - call: iam:AttachUserPolicy\n"), variant, aws()));
  EXPECT_TRUE(with_other_call(
      scenario("  - {call: iam:AttachUserPolicy, request: {policyArn: arn/AdministratorAccess}}\n"),
      variant, aws()));
}

TEST_F(OtherWays, MachineryChangesNothing) {
  EXPECT_FALSE(with_other_call(
      scenario("  - call: iam:CreateUser\n"),
      {.call = "iam:CreateUser", .instead = "iam:CreateRole", .not_by = {"iam-user"}}, aws()));
}

TEST_F(OtherWays, AStarMeansEveryServiceThatHasBoth) {
  const CallVariant variant{.call = "*:DescribeInstances", .instead = "*:RunInstances"};
  const auto other = with_other_call(
      scenario("  - call: [ec2:DescribeInstances, rds:DescribeDBInstances]\n"), variant, aws());
  ASSERT_TRUE(other);
  EXPECT_EQ(other->steps[0].calls,
            (std::vector<std::string>{"ec2:RunInstances", "rds:DescribeDBInstances"}));
  EXPECT_FALSE(with_other_call(scenario("  - call: rds:DescribeDBInstances\n"), variant, aws()));
}

TEST_F(OtherWays, AnotherCallerComesFromWhereTheOneBeforeCame) {
  const auto other = with_other_caller(scenario("  - call: iam:ListUsers\n"),
                                       {"", "iam-user", "role-session"}, aws());
  ASSERT_TRUE(other);
  EXPECT_EQ(other->as, "role-session");
  EXPECT_EQ(other->from.agent, "kali");
  EXPECT_EQ(other->from.address, "office");
}

TEST_F(OtherWays, AStepsOwnCallerIsAnotherToo) {
  const auto other = with_other_caller(
      scenario("  - {call: iam:ListUsers, as: role-session, from: {address: foreign}}\n"),
      {"", "role-session", "iam-user"}, aws());
  ASSERT_TRUE(other);
  EXPECT_EQ(other->as, "iam-user");
  EXPECT_EQ(other->steps[0].as, "iam-user");
  EXPECT_EQ(other->steps[0].from.address, "foreign");
  EXPECT_EQ(other->steps[0].from.agent, "boto3");
}

TEST_F(OtherWays, WhoDoesNothingIsNoOtherCaller) {
  EXPECT_FALSE(with_other_caller(scenario("  - {call: iam:ListUsers, as: root}\n"),
                                 {"", "iam-user", "role-session"}, aws()));
}

}  // namespace
}  // namespace nepho::exercise
