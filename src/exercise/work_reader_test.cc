#include "exercise/work_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/operations.h"
#include "text/yaml.h"

namespace nepho::exercise {
namespace {

using testing::HasSubstr;

class ReadingWork : public testing::Test {
 protected:
  ReadingWork() : operations_(Operations::load(knowledge_, report_)) {}

  Work read(std::string_view yaml) {
    StepReader reader(*operations_.find("aws"), file_, faults_);
    return read_work(text::parse_yaml(yaml, file_).value(), reader);
  }

  std::string errors() const {
    std::string out;
    for (const Problem& problem : faults_.problems()) out += to_string(problem) + "\n";
    return out;
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  std::string file_ = "background.yml";
  LoadReport faults_;
};

TEST_F(ReadingWork, TimesIsTheShareOfAStepAndOfARow) {
  const Work work = read(R"(
steps:
  - {call: iam:ListUsers, as: iam-user, times: 7}
  - times: 3
    row:
      - {call: signin:ConsoleLogin, as: console-login, error: Failed authentication, times: 2}
      - {call: signin:ConsoleLogin, as: console-login}
occasions:
  - {workdays: 20, row: [{call: iam:ListRoles, as: iam-user, times: 40}]}
)");
  EXPECT_EQ(errors(), "");
  ASSERT_EQ(work.routines.size(), 2U);
  EXPECT_EQ(work.routines[0].share, 7U);
  ASSERT_EQ(work.routines[0].steps.size(), 1U);
  EXPECT_EQ(work.routines[0].steps[0].times, 1U);
  EXPECT_EQ(work.routines[1].share, 3U);
  ASSERT_EQ(work.routines[1].steps.size(), 2U);
  EXPECT_EQ(work.routines[1].steps[0].times, 2U);
  ASSERT_EQ(work.occasions.size(), 1U);
  EXPECT_EQ(work.occasions[0].workdays, 20U);
  EXPECT_EQ(work.occasions[0].steps[0].times, 40U);
}

TEST_F(ReadingWork, FaultsAreToldWithTheirPlaces) {
  read(R"(occasions:
  - {workdays: 0, row: [{call: iam:ListRoles, as: iam-user}]}
  - {workdays: 5}
  - {row: [{call: iam:ListRols, as: iam-user}]}
)");
  EXPECT_THAT(errors(), HasSubstr("background.yml:2:16: error"));
  EXPECT_THAT(errors(), HasSubstr("background.yml:3:5: error"));
  EXPECT_THAT(errors(), HasSubstr("did you mean 'iam:ListRoles'?"));
  faults_ = {};
  read("steps: {call: iam:ListRoles}");
  EXPECT_THAT(errors(), HasSubstr("background.yml:1:8: error"));
  faults_ = {};
  read("step: []");
  EXPECT_THAT(errors(), HasSubstr("did you mean 'steps'?"));
}

}  // namespace
}  // namespace nepho::exercise
