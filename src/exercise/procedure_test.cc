#include "exercise/procedure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "exercise/errors.h"
#include "text/yaml_keys.h"

namespace nepho::exercise {
namespace {

using ::testing::HasSubstr;

// The operations that the program brings, read once.
const Operations& operations() {
  static const Knowledge kKnowledge;
  static LoadReport report;
  static const Operations kOperations = Operations::load(kKnowledge, report);
  return kOperations;
}

constexpr std::string_view kStem = "aws.persistence.make-user";
constexpr std::string_view kGood = R"(id: aws.persistence.make-user
name: A user is made
technique: T1136.003
log_sources: [aws.cloudtrail]
observable: yes
as: iam-user
steps:
  - call: iam:CreateUser
lookalike:
  - name: Terraform makes a user
    as: provisioning
    steps:
      - call: iam:CreateUser
)";

std::optional<Procedure> parsed(std::string_view yaml, LoadReport& report) {
  return parse_procedure(yaml, "p.yml", kStem, operations(), report);
}

// The errors of kGood with `from` replaced by `to`, one a line.
std::string errors_of(std::string_view from, std::string_view to) {
  std::string yaml(kGood);
  yaml.replace(yaml.find(from), from.size(), to);
  LoadReport report;
  EXPECT_FALSE(parsed(yaml, report)) << yaml;
  std::string out;
  for (const Problem& problem : report.problems()) out += to_string(problem) + "\n";
  return out;
}

TEST(Procedure, IsReadWithItsLookalikes) {
  LoadReport report;
  const auto procedure = parsed(kGood, report);
  ASSERT_TRUE(procedure) << to_string(report.problems().front());
  EXPECT_EQ(procedure->facts.technique, "T1136.003");
  EXPECT_EQ(procedure->facts.provider, "aws");
  EXPECT_EQ(procedure->attack.as, "iam-user");
  ASSERT_EQ(procedure->lookalikes.size(), 1U);
  EXPECT_EQ(procedure->lookalikes[0].as, "provisioning");
  EXPECT_THAT(procedure->facts.digest, HasSubstr("sha256:"));
}

TEST(Procedure, FaultsAreToldWithPlaceAndAWayOut) {
  EXPECT_EQ(errors_of("technique:", "tecnique:"),
            "p.yml:3:1: error[yaml.unknown_key]: unknown key: tecnique\n"
            "   did you mean 'technique'?\n");
  EXPECT_THAT(errors_of("iam:CreateUser", "iam:CreateUsr"),
              HasSubstr("p.yml:8:11: error[exercise.unknown_name]: no such operation: "
                        "iam:CreateUsr\n   did you mean 'iam:CreateUser'?"));
  EXPECT_THAT(errors_of("as: iam-user", "as: iam-usr"),
              HasSubstr("p.yml:6:5: error[exercise.unknown_name]: no such principal: iam-usr\n   "
                        "did you mean 'iam-user'?"));
}

TEST(Procedure, AMisspeltNameInATemplateIsFoundWhenTheFileIsRead) {
  EXPECT_THAT(errors_of("  - call: iam:CreateUser\nlook",
                        "  - call: iam:CreateUser\n    request: {userName: '{new_usr}'}\nlook"),
              HasSubstr("p.yml:9:25: error[exercise.unknown_name]: nothing is named: {new_usr}\n   "
                        "did you mean 'new_user'?"));
}

TEST(Procedure, AnAttributeThatNoOperationHasIsRefused) {
  EXPECT_THAT(
      errors_of("  - call: iam:CreateUser\nlook", "  - call: iam:CreateUser\n    reqest: {}\nlook"),
      HasSubstr("did you mean 'request'?"));
}

TEST(Procedure, NeedsALookalike) {
  EXPECT_THAT(errors_of("lookalike:\n  - name: Terraform makes a user\n    as: provisioning\n"
                        "    steps:\n      - call: iam:CreateUser\n",
                        ""),
              HasSubstr("exercise.missing_key"));
}

TEST(Procedure, ItsIdIsItsFilesName) {
  EXPECT_THAT(errors_of("id: aws.persistence.make-user", "id: aws.persistence.other"),
              HasSubstr("p.yml:1:5: error[exercise.bad_value]: expected the file's own name"));
}

TEST(Procedure, BoundsRepetitionsDelaysAndSteps) {
  for (const char* bad :
       {"times: 0", "times: 1001", "times: many", "after: 8d", "after: soon", "every: -1s"}) {
    EXPECT_NE(errors_of("  - call: iam:CreateUser\nlook",
                        "  - call: iam:CreateUser\n    " + std::string(bad) + "\nlook"),
              "")
        << bad;
  }
  std::string many;
  for (int i = 0; i < 101; ++i) many += "  - call: iam:CreateUser\n";
  EXPECT_THAT(errors_of("  - call: iam:CreateUser\n", many), HasSubstr("1 to 100 steps"));
}

TEST(Procedure, SurvivesWhatIsNoProcedure) {
  for (const char* yaml : {"", "a", "[]", "id: [", "{}", "steps: {a: b}", "id: {a: b}\nsteps: x",
                           "lookalike: x\nsteps: [x, [y], {call: {}}]\nfrom: []\nas: {}",
                           "a: &a [*a]", "? [x] : y", "id: 1\nid: 2"}) {
    LoadReport report;
    EXPECT_FALSE(parsed(yaml, report)) << yaml;
    EXPECT_TRUE(report.has_errors()) << yaml;
  }
}

TEST(Procedure, AllThatTheProgramBringsAreReadWithoutAFault) {
  const Knowledge knowledge;
  LoadReport report;
  const Operations all = Operations::load(knowledge, report);
  const auto procedures = load_procedures(knowledge, all, report);
  for (const Problem& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  EXPECT_GE(procedures.size(), 10U);
  std::set<std::string> ids;
  for (const Procedure& procedure : procedures) EXPECT_TRUE(ids.insert(procedure.facts.id).second);
}

}  // namespace
}  // namespace nepho::exercise
