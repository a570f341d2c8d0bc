// A disk that is full, or an end that comes too early: never a half result that looks whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "tests/support/program.h"
#include "tests/support/written.h"

namespace nepho::tests {
namespace {

using testing::HasSubstr;

// Findings of about 0.8 MB in all.
class FullDisk : public testing::Test {
 protected:
  FullDisk() {
    std::string log;
    for (int i = 0; i < 1'000; ++i) log += cloudtrail_line("CreateUser", std::to_string(i));
    log_ = folder_.write("log.json", log);
    rules_ = folder_.write("rules/r.yml", rule_on("CreateUser"));
  }
  tests::Run detect_to(const std::string& path) const {
    return run_nepho({"detect", "--rules", rules_, log_, "--format", "ndjson", "-o", path});
  }

  TemporaryFolder folder_;
  std::string log_;
  std::string rules_;
};

TEST_F(FullDisk, UnderMinusOIsAnErrorThatNamesTheFile) {
  const auto run = detect_to("/dev/full");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("/dev/full: error[base.cannot_write]"));
  EXPECT_THAT(run.err, HasSubstr("No space left on device"));
}

TEST_F(FullDisk, BehindStdoutIsAnError) {
  const auto run = run_nepho({"detect", "--rules", rules_, log_, "--format", "ndjson"},
                             {.out_path = "/dev/full"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("No space left on device"));
}

TEST_F(FullDisk, UnderTheSummaryIsAnError) {
  const auto run = run_nepho({"detect", "--rules", rules_, log_, "--summary", "/dev/full"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("/dev/full"));
}

TEST_F(FullDisk, LeavesTheOldFileAndNothingBesideIt) {
  const auto disk = folder_.path() / "disk";
  std::filesystem::create_directory(disk);
  if (::geteuid() != 0 || ::mount("none", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "needs the right to mount a small disk";
  }
  folder_.write("disk/findings.ndjson", "the old ones\n");
  const auto run = detect_to((disk / "findings.ndjson").string());
  const std::string left = contents_of(disk / "findings.ndjson");
  const auto num_files = std::distance(std::filesystem::directory_iterator(disk), {});
  ::umount(disk.c_str());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("disk/findings.ndjson: error[base.cannot_write]"));
  EXPECT_EQ(left, "the old ones\n");
  EXPECT_EQ(num_files, 1);
}

TEST_F(FullDisk, AWorkspaceThatCannotBeWrittenToKeepsTheFindings) {
  namespace fs = std::filesystem;
  constexpr fs::perms kForAll{0755};
  folder_.write("nephometer.yml", "organisation: {name: A}\ndetections: [{path: rules/}]\n");
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
    fs::permissions(entry, kForAll);
  }
  fs::permissions(folder_.path(), kForAll);
  const auto run = run_nepho({"detect", "--workspace", folder_.path(), log_, "--format", "ndjson"},
                             {.as_nobody = true});
  if (run.exit_code == kCannotStart) GTEST_SKIP() << "nobody may not run what is built here";
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1'000) << run.err;
  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(run.err, HasSubstr(".nephometer"));
}

TEST_F(FullDisk, AnEndBySignalLeavesTheOldFile) {
  const std::string out = folder_.write("findings.ndjson", "the old ones\n");
  // It waits for a pipe that nobody writes to, and is then killed by its alarm.
  ASSERT_EQ(::mkfifo((folder_.path() / "pipe").c_str(), 0600), 0);
  const auto run = run_nepho({"detect", "--rules", rules_, log_, (folder_.path() / "pipe").string(),
                              "--format", "ndjson", "-o", out},
                             {.timeout_s = 1});
  EXPECT_NE(run.exit_code, 0);
  EXPECT_EQ(contents_of(out), "the old ones\n");
}

}  // namespace
}  // namespace nepho::tests
