#include "stream/container_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace nepho::stream {
namespace {

// What the source makes of `text`, of which it is given `head_size` bytes beforehand and the rest
// `chunk` bytes at a time.
std::string joined(std::string_view text, std::size_t head_size = 0, std::size_t chunk = 1U << 20U,
                   std::size_t max_line_bytes = 1U << 20U) {
  head_size = std::min(head_size, text.size());
  const auto source =
      make_container_line_source(std::string(text.substr(0, head_size)),
                                 memory_source(text.substr(head_size), chunk), max_line_bytes);
  std::string all;
  char buffer[7];
  while (true) {
    const auto got = source->read(buffer, sizeof buffer);
    EXPECT_TRUE(got);
    if (!got || *got == 0) return all;
    all.append(buffer, *got);
  }
}

TEST(ContainerLines, AreToldByTheirTimeStreamAndTag) {
  EXPECT_TRUE(begins_with_container_line("2026-03-01T03:04:05.678901234Z stdout F {}\nmore"));
  EXPECT_TRUE(begins_with_container_line("2026-03-01T03:04:05+01:00 stderr P:x text"));
  for (const std::string_view other :
       {"2026-03-01T03:04:05Z stdout X {}", "2026-03-01T03:04:05Z stdlog F {}",
        "2026-03-01T03:04:05Z F {}", "{\"time\": \"2026-03-01T03:04:05Z stdout F \"}", "",
        "2026-03-01T03:04:05Z stdout F", "2026-03-01T03:04:05Z stdout", "2026"}) {
    EXPECT_FALSE(begins_with_container_line(other)) << other;
  }
}

TEST(ContainerLines, PartsBecomeOneLineInTheirPlace) {
  const std::string text =
      "2026-03-01T03:04:05Z stdout F one\n"
      "2026-03-01T03:04:06Z stdout P tw\n"
      "2026-03-01T03:04:06Z stdout P o and mo\n"
      "2026-03-01T03:04:06Z stdout F re\n"
      "2026-03-01T03:04:07Z stdout F three";
  const std::string blanks(std::string_view("2026-03-01T03:04:05Z stdout F ").size(), ' ');
  const std::string expected =
      "2026-03-01T03:04:05Z stdout F one\n"
      "2026-03-01T03:04:06Z stdout F two and more\n" +
      blanks + "\n" + blanks + "\n2026-03-01T03:04:07Z stdout F three";
  for (const std::size_t head : {0U, 1U, 40U, 70U, 1000U}) {
    for (const std::size_t chunk : {1U, 5U, 1000U}) {
      EXPECT_EQ(joined(text, head, chunk), expected) << head << ' ' << chunk;
    }
  }
}

TEST(ContainerLines, PartsThatDoNotFollowEachOtherStayAsTheyAre) {
  for (const std::string text :
       {"2026-03-01T03:04:05Z stdout P a\n2026-03-01T03:04:05Z stderr F b\n"
        "2026-03-01T03:04:05Z stdout F c\n",
        "2026-03-01T03:04:05Z stdout P a\nno such line\n", "2026-03-01T03:04:05Z stdout P a\n",
        "2026-03-01T03:04:05Z stdout P a"}) {
    EXPECT_EQ(joined(text), text);
  }
}

TEST(ContainerLines, PartsOfMoreThanTheLimitStayAsTheyAre) {
  const std::string text =
      "2026-03-01T03:04:05Z stdout P aaaaaaaaaa\n2026-03-01T03:04:05Z stdout F bbbbbbbbbb\n";
  EXPECT_EQ(joined(text, 0, 1000, 40), text);
  std::string long_line(500, 'x');
  long_line += '\n';
  EXPECT_EQ(joined(long_line, 0, 10, 40), long_line);
}

// Lines longer than the limit are passed on in pieces, of which one may look like a part.
TEST(ContainerLines, NoneBeginsWithinALineOfMoreThanTheLimit) {
  std::string text(60, 'x');
  text +=
      "2026-03-01T03:04:05Z stdout P a\n"
      "2026-03-01T03:04:05Z stdout F b\n";
  EXPECT_EQ(joined(text, 60, 1000, 50), text);
}

// A source that breaks off behind its text.
class BrokenSource : public ByteSource {
 public:
  explicit BrokenSource(std::string_view text) : whole_(memory_source(text)) {}
  Result<std::size_t> read(char* out, std::size_t capacity) override {
    auto got = whole_->read(out, capacity);
    if (!got || *got != 0) return got;
    return fail(ErrorCode{"test.broken"}, "broken");
  }
  std::uint64_t bytes_taken() const override { return whole_->bytes_taken(); }

 private:
  std::unique_ptr<ByteSource> whole_;
};

TEST(ContainerLines, GiveWhatCameBeforeAFault) {
  const std::string text =
      "2026-03-01T03:04:05Z stdout F a\n2026-03-01T03:04:05Z stdout P b\n2026-03";
  const auto source =
      make_container_line_source("", std::make_unique<BrokenSource>(text), 1U << 20U);
  std::string all;
  std::string buffer(1000, ' ');
  auto got = source->read(buffer.data(), buffer.size());
  for (; got; got = source->read(buffer.data(), buffer.size())) all.append(buffer, 0, *got);
  EXPECT_EQ(all, text);
  EXPECT_EQ(got.error().code.name(), "test.broken");
  EXPECT_FALSE(source->read(buffer.data(), buffer.size()));
}

// Sizes and line ends are the file's, whatever it holds.
TEST(ContainerLines, KeepOffsetsAndLines) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces = {"2026-03-01T03:04:05Z stdout P ",
                                           "2026-03-01T03:04:05Z stdout F ",
                                           "2026-03-01T03:04:05Z stderr P ",
                                           "text",
                                           "\n",
                                           "\n",
                                           "x"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto count = random() % 20; count > 0; --count) text += pieces[random() % 7];
    const std::string out = joined(text, random() % 50, 1 + random() % 60, 20 + random() % 90);
    EXPECT_EQ(out.size(), text.size()) << text;
    EXPECT_EQ(std::ranges::count(out, '\n'), std::ranges::count(text, '\n')) << text;
    const auto letters = [](const std::string& all) { return std::ranges::count(all, 'x'); };
    EXPECT_EQ(letters(out), letters(text)) << text;
  }
}

}  // namespace
}  // namespace nepho::stream
