#include "base/byte_source.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/support/program.h"

namespace nepho {
namespace {

using namespace std::string_literals;
using tests::TemporaryFolder;

// All of a source, asked for `capacity` bytes at a time.
std::string all_of(ByteSource& source, std::size_t capacity) {
  std::string all;
  std::string block(capacity, ' ');
  while (true) {
    const auto got = source.read(block.data(), capacity);
    EXPECT_TRUE(got);
    if (!got || *got == 0) return all;
    EXPECT_LE(*got, capacity);
    all.append(block, 0, *got);
  }
}

TEST(ByteSource, GivesAFileWhateverTheBlocks) {
  const TemporaryFolder folder;
  const std::string content = "one\ntwo\0three"s;
  const std::string path = folder.write("f", content);
  for (const std::size_t capacity : {1U, 2U, 5U, 100U}) {
    const auto source = open_source(path);
    ASSERT_TRUE(source);
    EXPECT_EQ((*source)->size_hint(), content.size());
    EXPECT_EQ(all_of(**source, capacity), content);
    EXPECT_EQ((*source)->bytes_taken(), content.size());
  }
}

TEST(ByteSource, SaysTheEndAgainWhenAskedAgain) {
  const auto source = memory_source("x");
  EXPECT_EQ(all_of(*source, 8), "x");
  char byte = 0;
  EXPECT_EQ(source->read(&byte, 1).value_or(9), 0U);
}

TEST(ByteSource, InMemoryGivesNoMoreThanItsChunk) {
  const auto source = memory_source("abcdef", 4);
  std::string block(10, ' ');
  EXPECT_EQ(source->read(block.data(), block.size()).value_or(0), 4U);
  EXPECT_EQ(source->bytes_taken(), 4U);
  EXPECT_EQ(source->read(block.data(), block.size()).value_or(0), 2U);
}

TEST(ByteSource, ThatIsMissingIsAnErrorWithItsPath) {
  const auto source = open_source("/no/such/file");
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, kCannotRead);
  EXPECT_EQ(source.error().place.file, "/no/such/file");
}

// open(2) takes a folder; only reading tells.
TEST(ByteSource, ThatIsAFolderIsAnErrorAtEveryRead) {
  const TemporaryFolder folder;
  const auto source = open_source(folder.path());
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->size_hint(), 0U);
  char byte = 0;
  for (int time = 0; time < 2; ++time) {
    const auto got = (*source)->read(&byte, 1);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, kCannotRead);
  }
}

}  // namespace
}  // namespace nepho
