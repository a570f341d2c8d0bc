#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "cli/run.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class InitTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "init.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    fs::remove_all(folder_);
    ::close(err_);
  }

  int init(std::vector<std::string> words) const {
    words.insert(words.begin(), {"init", folder_ / "w"});
    return run(words, {.out = err_, .err = err_});
  }
  std::string said() const {
    std::string text(10'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(err_, text.data(), text.size(), 0)));
    return text;
  }
  std::string file() const { return read_file(folder_ / "w/nephometer.yml", 100'000).value_or(""); }

  fs::path folder_;
  const int err_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
};

TEST_F(InitTest, MakesAWorkspaceAndAFolderForRules) {
  EXPECT_EQ(init({"--name", "Example", "--provider", "aws"}), 0);
  EXPECT_THAT(file(), HasSubstr("name: \"Example\""));
  EXPECT_THAT(file(), HasSubstr("  aws:\n"));
  EXPECT_TRUE(fs::is_directory(folder_ / "w/rules"));
}

TEST_F(InitTest, RulePathsAreWrittenAsSeenFromTheWorkspace) {
  EXPECT_EQ(init({"--rules", folder_ / "siem"}), 0);
  EXPECT_THAT(file(), HasSubstr((folder_ / "siem").string()));  // absolute as told
  EXPECT_FALSE(fs::exists(folder_ / "w/rules"));
}

TEST_F(InitTest, NeverOverwrites) {
  ASSERT_EQ(init({"--name", "First"}), 0);
  EXPECT_EQ(init({"--name", "Second"}), 3);
  EXPECT_THAT(said(), HasSubstr("error[workspace.already_there]"));
  EXPECT_THAT(file(), HasSubstr("First"));
}

TEST_F(InitTest, RefusesWhatTheFileWouldRefuse) {
  EXPECT_EQ(init({"--provider", "awz"}), 3);
  EXPECT_THAT(said(), HasSubstr("did you mean 'aws'?"));
  EXPECT_EQ(init({"--network", "10.0.0.0/99"}), 3);
  EXPECT_EQ(file(), "");
}

}  // namespace
}  // namespace nepho::cli
