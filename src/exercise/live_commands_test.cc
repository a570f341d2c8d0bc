#include "exercise/live_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace nepho::exercise {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kRun = "2e0ef2d0-1d7c-4b0c-a9a6-0d4d0a3f2b11";

class LiveCommandLines : public testing::Test {
 protected:
  LiveCommandLines() : operations_(Operations::load(Knowledge(), report_)) {}

  LiveCommands of(std::string_view provider, std::string_view steps, std::string_view more = "") {
    const std::string id = std::string(provider) + ".persistence.test";
    const std::string yaml = "id: " + id + "\nname: A test\ntechnique: T1136.003\nlog_sources: [" +
                             (provider == "aws" ? "aws.cloudtrail" : "kubernetes.audit") + "]\n" +
                             std::string(more) +
                             "as: " + (provider == "aws" ? "iam-user" : "person") + "\nsteps:\n" +
                             std::string(steps) + "lookalike:\n  - {name: n, as: " +
                             (provider == "aws" ? "provisioning, steps: [{call: iam:ListUsers}]}"
                                                : "person, steps: [{call: pods:list}]}") +
                             "\n";
    const auto procedure = parse_procedure(yaml, "p.yml", id, operations_, report_);
    EXPECT_TRUE(procedure) << to_string(report_.problems().back());
    return live_commands(*procedure, *operations_.find(provider), kRun);
  }

  LoadReport report_;
  Operations operations_;
};

TEST_F(LiveCommandLines, CallsOfAPlainServiceBecomeCommands) {
  const auto commands = of("aws",
                           "  - call: iam:CreateUser\n"
                           "  - {call: iam:AttachUserPolicy, request: {userName: \"{new_user}\", "
                           "policyArn: \"arn:aws:iam::aws:policy/AdministratorAccess\"}}\n");
  EXPECT_THAT(commands.lines,
              ElementsAre("export AWS_EXECUTION_ENV=nephometer_" + kRun,
                          ": \"${NEW_USER:?set it to what it is on your estate}\"", "# as iam-user",
                          "aws iam create-user --user-name \"$NEW_USER\"", "# as iam-user",
                          "aws iam attach-user-policy --user-name \"$NEW_USER\" --policy-arn "
                          "arn:aws:iam::aws:policy/AdministratorAccess"));
  EXPECT_EQ(commands.num_derived, 2U);
}

TEST_F(LiveCommandLines, WhatTheLogRenamesIsSaidInWords) {
  const auto commands = of("aws", "  - {call: ec2:RunInstances, error: AccessDenied, times: 3}\n");
  EXPECT_EQ(commands.num_derived, 0U);
  EXPECT_EQ(commands.num_steps, 1U);
  EXPECT_THAT(commands.lines,
              Contains("# as iam-user, 3 times, expected to fail with AccessDenied"));
  EXPECT_THAT(commands.lines, Contains(HasSubstr("# by hand: ec2:RunInstances")));
}

TEST_F(LiveCommandLines, KubectlListsReadsMakesAndDeletes) {
  const auto commands = of("kubernetes",
                           "  - call: secrets:list\n"
                           "  - call: pods:delete\n"
                           "  - {call: clusterrolebindings:create}\n"
                           "  - call: pods:exec\n");
  EXPECT_THAT(commands.lines, Contains("kubectl get secrets --namespace default"));
  EXPECT_THAT(commands.lines, Contains(HasSubstr("kubectl delete pods \"$POD\"")));
  EXPECT_THAT(commands.lines, Contains(HasSubstr(" | kubectl create -f -")));
  EXPECT_THAT(commands.lines, Contains(HasSubstr("# by hand: pods:exec")));
  EXPECT_EQ(commands.num_derived, 3U);
}

// A procedure of a user's own is not trusted to be run.
TEST_F(LiveCommandLines, NothingInAProceduresTextIsRun) {
  const auto commands =
      of("aws", "  - {call: iam:CreateUser, request: {userName: \"$(reboot)'`id`\"}}\n");
  EXPECT_THAT(commands.lines, Contains("aws iam create-user --user-name '$(reboot)'\\''`id`'"));
  const auto described = of("aws", "  - {call: ec2:RunInstances, request: {a: \"x\\nreboot\"}}\n");
  for (const std::string& line : described.lines) EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST_F(LiveCommandLines, AReferenceToStratusIsItsCommand) {
  const auto commands = of(
      "aws", "  - call: iam:CreateUser\n",
      "references: [https://example.com, "
      "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-user/]\n");
  EXPECT_EQ(commands.stratus, "aws.persistence.iam-backdoor-user");
  EXPECT_THAT(commands.lines, Contains("export STRATUS_RED_TEAM_CORRELATION_ID=" + kRun));
  EXPECT_THAT(commands.lines, Contains("stratus detonate aws.persistence.iam-backdoor-user"));
  EXPECT_EQ(stratus_technique({"stratus:k8s.persistence.create-token"}),
            "k8s.persistence.create-token");
  EXPECT_FALSE(stratus_technique({"https://stratus-red-team.cloud/", "stratus:aws.x; reboot",
                                  "https://example.com/aws.persistence.x"}));
}

// Every procedure that there is: each step is a command or a comment, and nothing is left open.
TEST_F(LiveCommandLines, EveryProcedureOfTheCatalogueHasThem) {
  const auto procedures = load_procedures(Knowledge(), operations_, report_);
  std::size_t num_derived = 0;
  for (const Procedure& procedure : procedures) {
    const auto commands =
        live_commands(procedure, *operations_.find(procedure.facts.provider), kRun);
    EXPECT_FALSE(commands.lines.empty()) << procedure.facts.id;
    EXPECT_GT(commands.num_steps, 0U) << procedure.facts.id;
    const bool names_stratus =
        std::ranges::any_of(procedure.references, [](const std::string& reference) {
          return reference.find("stratus") != std::string::npos;
        });
    EXPECT_EQ(!commands.stratus.empty(), names_stratus) << procedure.facts.id;
    for (const std::string& line : commands.lines) {
      EXPECT_EQ(line.find('\n'), std::string::npos) << line;
      EXPECT_EQ(line.find("''\""), std::string::npos) << line;
    }
    num_derived += commands.num_derived > 0 ? 1 : 0;
  }
  EXPECT_GT(num_derived, procedures.size() / 4);
  RecordProperty("procedures_with_a_command", static_cast<int>(num_derived));
}

}  // namespace
}  // namespace nepho::exercise
