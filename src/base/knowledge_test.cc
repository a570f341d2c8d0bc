#include "base/knowledge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace nepho {
namespace {

using tests::TemporaryFolder;

TEST(Knowledge, HoldsEveryFileOfTheSourceTreeByteForByte) {
  const Knowledge knowledge;
  const auto root = tests::source_folder() / "knowledge";
  std::size_t num_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    ++num_files;
    const std::string path = entry.path().lexically_relative(root).generic_string();
    const KnowledgeFile* file = knowledge.find(path);
    ASSERT_NE(file, nullptr) << path;
    EXPECT_EQ(file->content, tests::contents_of(entry.path())) << path;
    EXPECT_EQ(file->place, "knowledge/" + path);
  }
  EXPECT_GT(num_files, 0U);
  // The page of web/ is packed beside them, empty where it could not be built.
  EXPECT_NE(knowledge.find("web/page.html"), nullptr);
  EXPECT_EQ(knowledge.list("").size(), num_files + 1);
}

TEST(Knowledge, ListsByPrefixInPathOrder) {
  const TemporaryFolder folder;
  folder.write("zz-test/b.yml", "");
  folder.write("zz-test/a.yml", "");
  folder.write("zz-testing/c.yml", "");
  Knowledge knowledge;
  ASSERT_TRUE(knowledge.lay_over(folder.path()));
  std::vector<std::string> paths;
  for (const KnowledgeFile* file : knowledge.list("zz-test/")) paths.push_back(file->path);
  EXPECT_THAT(paths, testing::ElementsAre("zz-test/a.yml", "zz-test/b.yml"));
}

TEST(Knowledge, LaysAFolderOverTheBuiltInFiles) {
  const TemporaryFolder folder;
  const std::string file = folder.write("providers.yml", "providers: {}\n");
  Knowledge knowledge;
  const std::size_t before = knowledge.list("").size();
  ASSERT_TRUE(knowledge.lay_over(folder.path()));
  EXPECT_EQ(knowledge.find("providers.yml")->content, "providers: {}\n");
  EXPECT_EQ(knowledge.find("providers.yml")->place, file);
  EXPECT_EQ(knowledge.list("").size(), before);
}

TEST(Knowledge, KeepsItsViewsWhenFoldersAreLaidOverEachOther) {
  const TemporaryFolder first;
  first.write("zz.yml", "first");
  const TemporaryFolder second;
  second.write("zz.yml", "a longer second text that does not fit in place");
  Knowledge knowledge;
  ASSERT_TRUE(knowledge.lay_over(first.path()));
  ASSERT_TRUE(knowledge.lay_over(second.path()));
  const Knowledge moved = std::move(knowledge);
  EXPECT_EQ(moved.find("zz.yml")->content, "a longer second text that does not fit in place");
}

TEST(Knowledge, RefusesAFolderThatIsNone) {
  const TemporaryFolder folder;
  Knowledge knowledge;
  const auto result = knowledge.lay_over(folder.write("f", ""));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().place.file, (folder.path() / "f").string());
}

TEST(Knowledge, GivesNothingForAnUnknownPath) {
  const Knowledge knowledge;
  EXPECT_EQ(knowledge.find("no/such/file"), nullptr);
  EXPECT_THAT(knowledge.list("no/such/"), testing::IsEmpty());
}

}  // namespace
}  // namespace nepho
