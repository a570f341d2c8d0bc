#include "stream/window.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/files.h"
#include "text/json_index.h"

namespace nepho::stream {
namespace {

std::string letters(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += i % 10 == 9 ? '\n' : static_cast<char>('a' + i % 7);
  return text;
}

// Gives its bytes and then an error.
class FailingSource : public ByteSource {
 public:
  explicit FailingSource(std::string_view bytes) : inner_(memory_source(bytes, 4)) {}
  Result<std::size_t> read(char* out, std::size_t capacity) override {
    const auto got = inner_->read(out, capacity);
    if (got && *got == 0) return fail(kCannotRead, "the disk is gone");
    return got;
  }
  std::uint64_t bytes_taken() const override { return inner_->bytes_taken(); }

 private:
  std::unique_ptr<ByteSource> inner_;
};

TEST(Window, IsEmptyAndAtItsEndBeforeItIsOpened) {
  Window window;
  EXPECT_TRUE(window.at_end());
  EXPECT_EQ(window.bytes(), "");
  window.fill(100);
  EXPECT_EQ(window.bytes(), "");
}

TEST(Window, ReadsAtLeastWhatIsAskedForAndTellsTheEnd) {
  const std::string text = letters(50);
  Window window;
  window.open(memory_source(text, 3));
  window.fill(10);
  EXPECT_GE(window.bytes().size(), 10U);
  EXPECT_TRUE(text.starts_with(window.bytes()));
  EXPECT_FALSE(window.at_end());
  window.fill(51);
  EXPECT_EQ(window.bytes(), text);
  EXPECT_TRUE(window.at_end());
}

TEST(Window, CountsTheLinesAndBytesItDrops) {
  Window window;
  window.open(memory_source("a\nb\n\nc"));
  window.fill(6);
  EXPECT_EQ(window.line(), 1U);
  window.drop(2);
  EXPECT_EQ(window.line(), 2U);
  EXPECT_EQ(window.offset(), 2U);
  window.drop(3);
  EXPECT_EQ(window.line(), 4U);
  EXPECT_EQ(window.bytes(), "c");
}

TEST(Window, KeepsWhatCameBeforeAnError) {
  Window window;
  window.open(std::make_unique<FailingSource>("0123456789"));
  window.fill(100);
  EXPECT_EQ(window.bytes(), "0123456789");
  EXPECT_TRUE(window.at_end());
  ASSERT_TRUE(window.error());
  EXPECT_EQ(window.error()->code, kCannotRead);
  window.open(memory_source("x"));
  EXPECT_FALSE(window.error()) << "another source, another fate";
}

TEST(Window, GivesACopyWhereMoreIsLeftThanGiven) {
  Window window;
  window.open(memory_source("0123456789"));
  window.fill(10);
  Buffer out;
  const std::size_t at = window.give(3, true, out);
  EXPECT_EQ(std::string_view(out.data() + at, 3), "012");
  EXPECT_EQ(window.bytes(), "3456789");
  EXPECT_EQ(window.offset(), 3U);
}

TEST(Window, HandsItsBufferOverWhereLittleIsLeft) {
  Window window;
  window.open(memory_source("0123456789"));
  window.fill(10);
  const char* const held = window.bytes().data();
  Buffer out;
  const std::size_t at = window.give(8, true, out);
  EXPECT_EQ(out.data() + at, held) << "the bytes did not move";
  EXPECT_EQ(std::string_view(out.data() + at, 8), "01234567");
  EXPECT_EQ(window.bytes(), "89");
}

TEST(Window, NeverHandsOverWhatOthersStillLookAt) {
  Window window;
  window.open(memory_source("0123456789"));
  window.fill(10);
  const char* const held = window.bytes().data();
  Buffer out;
  const std::size_t at = window.give(10, false, out);
  EXPECT_NE(out.data() + at, held);
  EXPECT_EQ(std::string_view(out.data() + at, 10), "0123456789");
}

// Whatever is asked in whatever order, the bytes come once each, in order, with their place.
TEST(Window, IsTheFileWhateverIsDoneToIt) {
  std::mt19937 random(8);
  Window window;  // one for all, as the reader keeps it
  Buffer out;
  for (int round = 0; round < 500; ++round) {
    const std::string text = letters(random() % 3'000);
    window.open(memory_source(text, 1 + random() % 400));
    std::size_t behind = 0;
    while (true) {
      window.fill(1 + random() % 700);
      const std::string_view bytes = window.bytes();
      ASSERT_EQ(window.offset(), behind);
      ASSERT_EQ(bytes, std::string_view(text).substr(behind, bytes.size()));
      const auto lines =
          std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(behind), '\n');
      ASSERT_EQ(window.line(), static_cast<std::uint64_t>(lines) + 1);
      if (bytes.empty()) break;
      const std::size_t count = 1 + random() % bytes.size();
      if (random() % 3 == 0) {
        window.drop(count);
      } else {
        const std::size_t at = window.give(count, random() % 2 == 0, out);
        ASSERT_EQ(std::string_view(out.data() + at, count),
                  std::string_view(text).substr(behind, count));
      }
      behind += count;
    }
    ASSERT_EQ(behind, text.size());
  }
}

TEST(Buffer, KeepsWhatIsAskedForWhenItGrows) {
  Buffer buffer;
  buffer.reserve(4);
  std::memcpy(buffer.data(), "abcd", 4);
  buffer.reserve(1'000, 3);
  EXPECT_EQ(std::string_view(buffer.data(), 3), "abc");
  EXPECT_GE(buffer.capacity(), 1'000U);
  const char* const held = buffer.data();
  buffer.reserve(10);
  EXPECT_EQ(buffer.data(), held) << "it never shrinks";
}

TEST(Buffer, MayBeReadALittleBeyondItsCapacity) {
  Buffer buffer;
  buffer.reserve(10);
  char sum = 0;
  for (std::size_t i = 0; i < text::kJsonPadding; ++i) {
    sum = static_cast<char>(sum | buffer.data()[buffer.capacity() + i]);
  }
  EXPECT_EQ(sum, 0);
}

}  // namespace
}  // namespace nepho::stream
