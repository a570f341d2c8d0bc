#include "workspace/priors_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "workspace/errors.h"
#include "workspace/state_folder.h"

namespace nepho::workspace {
namespace {

namespace fs = std::filesystem;

class PriorsFile : public testing::Test {
 protected:
  PriorsFile()
      : folder_(fs::path(testing::TempDir()) /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~PriorsFile() override { fs::remove_all(folder_); }

  void put(std::string_view text) const {
    const auto state = make_state_folder(folder_);
    ASSERT_TRUE(state.has_value());
    ASSERT_TRUE(write_file(*state / "priors.json", text).has_value());
  }

  const fs::path folder_;
};

coverage::FittedPriors some_priors() {
  return {.as_of = "2026-05-01T00:00:00Z",
          .groups = {{.log_source = "aws.cloudtrail",
                      .status = "a \"quoted\" status",
                      .base = 1.0 / 3,
                      .trials = 2.7182818284590451,
                      .mean = 0.1 + 0.2,
                      .alerted = 0.25,
                      .rules = 24,
                      .plays = {60, 3, 1, 0}}}};
}

TEST_F(PriorsFile, ComesBackToTheLastDigit) {
  ASSERT_TRUE(write_priors(folder_, some_priors()).has_value());
  const auto read = read_priors(folder_);
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(read->as_of, some_priors().as_of);
  EXPECT_EQ(read->groups, some_priors().groups);
}

TEST_F(PriorsFile, AWorkspaceWithoutARefitHasNone) {
  const auto read = read_priors(folder_);
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->groups.empty());
  EXPECT_EQ(read->as_of, "");
}

TEST_F(PriorsFile, AFileThatIsNoneOfOursIsAnErrorWithAWayOut) {
  ASSERT_TRUE(write_priors(folder_, some_priors()).has_value());
  const std::string good = *read_file(folder_ / ".nephometer/priors.json", 10'000);
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& text :
       {std::string("[]"), std::string("{}"), with("priors/1", "priors/2"),
        with("\"rules\": 24", "\"rules\": -1"), with("\"rules\": 24", "\"rules\": \"24\""),
        with("\"mean\": 0", "\"mean\": 9"), with("\"trials\": 2", "\"trials\": -2"),
        with("\"live\": 1", "\"lives\": 1"), with("\"plays\"", "\"played\""),
        with("aws.cloudtrail", "")}) {
    put(text);
    const auto read = read_priors(folder_);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, kBadPriors) << text;
    EXPECT_NE(read.error().hint.find("--refit"), std::string::npos);
  }
}

}  // namespace
}  // namespace nepho::workspace
