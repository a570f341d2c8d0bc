#include "base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/program.h"

namespace nepho {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::contents_of;
using tests::TemporaryFolder;

// The folder's own path taken off, so that expectations read well.
std::vector<std::string> relative(const std::vector<std::string>& paths, const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& path : paths) names.push_back(fs::path(path).lexically_relative(folder));
  return names;
}

// While it lives, root is an ordinary user, to whom permissions apply.
class WithoutRoot {
 public:
  WithoutRoot() : before_(::geteuid()) {
    constexpr uid_t kNobody = 65534;
    if (before_ == 0) {
      EXPECT_EQ(::seteuid(kNobody), 0);
    }
  }
  WithoutRoot(const WithoutRoot&) = delete;
  WithoutRoot& operator=(const WithoutRoot&) = delete;
  ~WithoutRoot() { EXPECT_EQ(::seteuid(before_), 0); }

 private:
  uid_t before_;
};

TEST(ReadFile, GivesEveryByteOfAFileLargerThanItsChunk) {
  const TemporaryFolder folder;
  std::string content;
  for (int i = 0; i < 600'000; ++i) content += static_cast<char>(i % 251);
  const auto read = read_file(folder.write("big", content), content.size());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, content);
}

TEST(ReadFile, RefusesOneByteBeyondTheLimitAndNamesTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder.write("f", "12345");
  EXPECT_TRUE(read_file(path, 5));
  const auto refused = read_file(path, 4);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, kTooLarge);
  EXPECT_EQ(refused.error().place.file, path);
}

TEST(ReadFile, BoundsAFileWithoutEnd) {
  const auto refused = read_file("/dev/zero", 1'000'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, kTooLarge);
}

TEST(ReadFile, SaysWhyItCannot) {
  const TemporaryFolder folder;
  const auto missing = read_file(folder.path() / "none", 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, kCannotRead);
  EXPECT_THAT(missing.error().message, testing::HasSubstr("No such file"));
  const auto a_folder = read_file(folder.path(), 10);
  ASSERT_FALSE(a_folder);
  EXPECT_EQ(a_folder.error().code, kCannotRead);
}

TEST(WriteFile, ReplacesTheOldFileAndKeepsItsPermissions) {
  const TemporaryFolder folder;
  const std::string path = folder.write("f", "old");
  ::chmod(path.c_str(), 0640);
  ASSERT_TRUE(write_file(path, "new"));
  EXPECT_EQ(contents_of(path), "new");
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST(WriteFile, LeavesNothingBesideItsFile) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "f", "x"));
  EXPECT_THAT(relative(find_files({folder.path()}).paths, folder.path()), ElementsAre("f"));
}

TEST(WriteFile, NeedNotWaitForTheDisk) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "f";
  ASSERT_TRUE(write_file(path, "old", Durability::kCached));
  ASSERT_TRUE(write_file(path, "new", Durability::kCached));
  EXPECT_EQ(read_file(path, 100).value_or("?"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(AppendToFile, WritesBehindWhatIsThere) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "f";
  ASSERT_TRUE(append_to_file(path, "one\n"));
  ASSERT_TRUE(append_to_file(path, "two\n"));
  ASSERT_TRUE(append_to_file(path, ""));
  EXPECT_EQ(read_file(path, 100).value_or("?"), "one\ntwo\n");
}

TEST(AppendToFile, FailsOnAFullDeviceAndWithoutAFolder) {
  const TemporaryFolder folder;
  for (const fs::path& path : {fs::path("/dev/full"), folder.path() / "none" / "f"}) {
    const auto result = append_to_file(path, "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, kCannotWrite);
    EXPECT_EQ(result.error().place.file, path.string());
  }
}

TEST(WriteFile, WritesThroughALinkInsteadOfReplacingIt) {
  const TemporaryFolder folder;
  const std::string target = folder.write("target", "old");
  fs::create_symlink(target, folder.path() / "link");
  ASSERT_TRUE(write_file(folder.path() / "link", "new"));
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
  EXPECT_EQ(contents_of(target), "new");
}

TEST(WriteFile, FailsOnAFullDevice) {
  const auto result = write_file("/dev/full", "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kCannotWrite);
  EXPECT_EQ(result.error().place.file, "/dev/full");
}

TEST(WriteFile, FailsWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  const auto result = write_file(folder.path() / "none" / "f", "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kCannotWrite);
}

TEST(CheckCanWrite, LeavesWhatIsThereAndNothingBeside) {
  const TemporaryFolder folder;
  const std::string there = folder.write("there", "old");
  fs::create_symlink("there", folder.path() / "link");
  fs::create_symlink("nowhere", folder.path() / "to-be");
  for (const char* name : {"there", "new", "link", "to-be"})
    EXPECT_TRUE(check_can_write(folder.path() / name)) << name;
  EXPECT_EQ(contents_of(there), "old");
  EXPECT_FALSE(fs::exists(folder.path() / "new"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 3);
}

TEST(CheckCanWrite, FailsWhereWritingWould) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  EXPECT_EQ(check_can_write(folder.path() / "none" / "x").error().code, kCannotWrite);
  EXPECT_EQ(check_can_write(file + "/x").error().code, kCannotWrite);
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  {
    const WithoutRoot ordinary;
    EXPECT_EQ(check_can_write(folder.path() / "x").error().code, kCannotWrite);
  }
  fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(FindFiles, WalksAFolderInNameOrder) {
  const TemporaryFolder folder;
  folder.write("b/2", "");
  folder.write("a", "");
  folder.write("b/1/x", "");
  const FoundFiles found = find_files({folder.path().string()});
  EXPECT_THAT(relative(found.paths, folder.path()), ElementsAre("a", "b/1/x", "b/2"));
  EXPECT_FALSE(found.report.has_errors());
}

TEST(FindFiles, KeepsTheOrderOfArgumentsAndEachFileOnce) {
  const TemporaryFolder folder;
  const std::string a = folder.write("a", "");
  const std::string b = folder.write("b", "");
  EXPECT_THAT(find_files({b, folder.path().string(), a}).paths, ElementsAre(b, a));
}

TEST(FindFiles, ExpandsAGlob) {
  const TemporaryFolder folder;
  folder.write("x1.yml", "");
  folder.write("x2.yml", "");
  folder.write("y.yml", "");
  const auto found = find_files({(folder.path() / "x?.yml").string()});
  EXPECT_THAT(relative(found.paths, folder.path()), ElementsAre("x1.yml", "x2.yml"));
}

TEST(FindFiles, TakesAFileThatIsNamedLikeAGlobAsItIs) {
  const TemporaryFolder folder;
  const std::string odd = folder.write("[a]*.yml", "");
  EXPECT_THAT(find_files({odd}).paths, ElementsAre(odd));
}

TEST(FindFiles, DoesNotFollowALinkToAFolderRoundAndRound) {
  const TemporaryFolder folder;
  folder.write("sub/f", "");
  fs::create_directory_symlink(folder.path(), folder.path() / "sub" / "up");
  const auto found = find_files({folder.path().string()});
  EXPECT_THAT(relative(found.paths, folder.path()), ElementsAre("sub/f"));
}

// A glob gives such a link too; it was once looked for again and again, until the stack ended.
TEST(FindFiles, NamesALinkThatLeadsNowhereAndGoesOn) {
  const TemporaryFolder folder;
  folder.write("a.json", "");
  fs::create_symlink("nowhere", folder.path() / "b.json");
  for (const std::string argument : {"b.json", "*.json"}) {
    const auto found = find_files({(folder.path() / argument).string(), folder.path() / "a.json"});
    EXPECT_THAT(relative(found.paths, folder.path()), ElementsAre("a.json")) << argument;
    ASSERT_EQ(found.report.num_errors(), 1U) << argument;
    const Error& error = found.report.problems()[0].error;
    EXPECT_EQ(error.code, kNoSuchPath);
    EXPECT_EQ(error.place.file, (folder.path() / "b.json").string());
    EXPECT_EQ(error.message, "the link leads nowhere");
  }
}

TEST(FindFiles, PassesStandardInputThrough) {
  EXPECT_THAT(find_files({"-"}).paths, ElementsAre("-"));
}

TEST(FindFiles, NamesAnArgumentThatMeansNothingAndGoesOn) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f", "");
  const FoundFiles found = find_files({"/no/such/*.yml", file});
  EXPECT_THAT(found.paths, ElementsAre(file));
  ASSERT_EQ(found.report.num_errors(), 1U);
  EXPECT_EQ(found.report.problems()[0].error.code, kNoSuchPath);
  EXPECT_EQ(found.report.problems()[0].error.place.file, "/no/such/*.yml");
}

TEST(FindFiles, ReportsAFolderWithoutRightsAndGoesOn) {
  const TemporaryFolder folder;
  folder.write("open/f", "");
  folder.write("shut/f", "");
  constexpr fs::perms kForAll{0755};
  fs::permissions(folder.path(), kForAll);
  fs::permissions(folder.path() / "open", kForAll);
  fs::permissions(folder.path() / "shut", fs::perms::none);
  const FoundFiles found = [&] {
    const WithoutRoot ordinary_user;
    return find_files({folder.path().string()});
  }();
  fs::permissions(folder.path() / "shut", fs::perms::owner_all);
  EXPECT_THAT(relative(found.paths, folder.path()), ElementsAre("open/f"));
  EXPECT_EQ(found.report.num_errors(), 1U);
}

TEST(FindFiles, LeavesOutWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(find_files({folder.path().string()}).paths, IsEmpty());
}

}  // namespace
}  // namespace nepho
