#include "workspace/state_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace nepho::workspace {
namespace {

namespace fs = std::filesystem;

class StateFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "state_folder.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path root_;
};

TEST_F(StateFolderTest, IsMadeWithAGitignoreOfItsOwn) {
  const auto folder = make_state_folder(root_);
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(*folder, root_ / ".nephometer");
  EXPECT_EQ(read_file(*folder / ".gitignore", 100).value_or(""), "*\n");
}

// A team that wants its state in version control deletes the file once, not at every run.
TEST_F(StateFolderTest, OneThatIsThereStaysAsItIs) {
  ASSERT_TRUE(make_state_folder(root_));
  fs::remove(root_ / ".nephometer/.gitignore");
  ASSERT_TRUE(write_file(root_ / ".nephometer/fired.json", "{}"));
  ASSERT_TRUE(make_state_folder(root_));
  EXPECT_FALSE(fs::exists(root_ / ".nephometer/.gitignore"));
  EXPECT_EQ(read_file(root_ / ".nephometer/fired.json", 100).value_or(""), "{}");
}

TEST_F(StateFolderTest, AFileInItsPlaceIsAnErrorThere) {
  ASSERT_TRUE(write_file(root_ / ".nephometer", "mine"));
  const auto folder = make_state_folder(root_);
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().code, kCannotWrite);
  EXPECT_EQ(folder.error().place.file, (root_ / ".nephometer").string());
  EXPECT_EQ(read_file(root_ / ".nephometer", 100).value_or(""), "mine");
}

TEST_F(StateFolderTest, WithoutAWorkspaceFolderThereIsNoPlaceForIt) {
  const auto folder = make_state_folder(root_ / "gone");
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().code, kCannotWrite);
  EXPECT_FALSE(fs::exists(root_ / "gone"));  // a mistyped folder is not made
}

}  // namespace
}  // namespace nepho::workspace
