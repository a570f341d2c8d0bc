#include "base/file_writer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <iterator>

#include "base/files.h"

namespace nepho {
namespace {

namespace fs = std::filesystem;

// A fresh folder, removed at the end.
class FileWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "file_writer.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string content(const fs::path& path) const { return read_file(path, 1'000).value_or("?"); }
  auto num_files() const { return std::distance(fs::directory_iterator(folder_), {}); }

  fs::path folder_;
};

TEST_F(FileWriterTest, TheFileAppearsAtCommit) {
  const fs::path path = folder_ / "new";
  auto writer = FileWriter::open(path);
  ASSERT_TRUE(writer.has_value());
  ASSERT_TRUE(writer->write("one ").has_value());
  ASSERT_TRUE(writer->write("two").has_value());
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE(writer->commit().has_value());
  EXPECT_EQ(content(path), "one two");
  EXPECT_EQ(num_files(), 1);
}

TEST_F(FileWriterTest, WithoutCommitTheOldFileStays) {
  const fs::path path = folder_ / "old";
  ASSERT_TRUE(write_file(path, "old").has_value());
  {
    auto writer = FileWriter::open(path);
    ASSERT_TRUE(writer->write("half of the new").has_value());
  }
  EXPECT_EQ(content(path), "old");
  EXPECT_EQ(num_files(), 1);
}

TEST_F(FileWriterTest, KeepsThePermissions) {
  const fs::path path = folder_ / "private";
  ASSERT_TRUE(write_file(path, "old").has_value());
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  auto writer = FileWriter::open(path);
  ASSERT_TRUE(writer->commit().has_value());
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(FileWriterTest, WritesThroughALink) {
  const fs::path target = folder_ / "target";
  ASSERT_TRUE(write_file(target, "old").has_value());
  fs::create_symlink(target, folder_ / "link");
  auto writer = FileWriter::open(folder_ / "link");
  ASSERT_TRUE(writer->write("new").has_value());
  ASSERT_TRUE(writer->commit().has_value());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(content(target), "new");
}

TEST_F(FileWriterTest, AFullDiskIsAnErrorThatNamesTheFile) {
  auto writer = FileWriter::open("/dev/full");
  ASSERT_TRUE(writer.has_value());
  const auto written = writer->write("x");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, kCannotWrite);
  EXPECT_EQ(written.error().place.file, "/dev/full");
}

TEST_F(FileWriterTest, AMissingFolderIsAnErrorAtOpen) {
  EXPECT_EQ(FileWriter::open(folder_ / "missing" / "x").error().code, kCannotWrite);
}

}  // namespace
}  // namespace nepho
