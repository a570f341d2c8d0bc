// Names and links that lead elsewhere: a walk stays in its folder and comes to an end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "tests/support/program.h"
#include "tests/support/written.h"

namespace nepho::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class Paths : public testing::Test {
 protected:
  std::string path(std::string_view name) const { return (folder_.path() / name).string(); }

  TemporaryFolder folder_;
  TemporaryFolder elsewhere_;
  std::string rule_ = folder_.write("rules/r.yml", rule_on("CreateUser"));
};

TEST_F(Paths, ALinkToAFolderIsNotFollowedByAWalk) {
  elsewhere_.write("secret.yml", rule_on("DeleteUser", "Elsewhere"));
  std::filesystem::create_directory_symlink(elsewhere_.path(), path("rules/link"));
  const auto run = run_nepho({"map", path("rules"), "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("On An Event"));
  EXPECT_THAT(run.out + run.err, Not(HasSubstr("Elsewhere")));
}

TEST_F(Paths, LinksInACircleEnd) {
  folder_.write("logs/a.json", cloudtrail_line("CreateUser", "1"));
  std::filesystem::create_directory_symlink("..", path("logs/up"));
  std::filesystem::create_symlink("self.json", path("logs/self.json"));
  const auto run = run_nepho({"detect", "--rules", rule_, path("logs"), "--format", "ndjson"},
                             {.timeout_s = 30});
  EXPECT_LT(run.exit_code, 128) << run.err;
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1) << run.err;
}

// Reading it would wait for ever for someone who writes.
TEST_F(Paths, APipeInAFolderOfLogsIsNotWaitedFor) {
  folder_.write("logs/a.json", cloudtrail_line("CreateUser", "1"));
  ASSERT_EQ(::mkfifo(path("logs/b.json").c_str(), 0600), 0);
  const auto run = run_nepho({"detect", "--rules", rule_, path("logs"), "--format", "ndjson"},
                             {.timeout_s = 30});
  EXPECT_LT(run.exit_code, 128) << run.err;
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1) << run.err;
}

}  // namespace
}  // namespace nepho::tests
