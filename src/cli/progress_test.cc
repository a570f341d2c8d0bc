#include "cli/progress.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

TEST(ProgressLine, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(progress_line({.label = "reading",
                           .done_bytes = 500'000'000,
                           .total_bytes = 2'000'000'000,
                           .elapsed = 2s},
                          100),
            "reading  [######------------------]   25 %  500 MB of 2.0 GB  250 MB/s  6 s left");
}

TEST(ProgressLine, WithoutATotalThereIsNoBar) {
  EXPECT_EQ(progress_line({.label = "reading", .done_bytes = 1'500, .elapsed = 1s}, 100),
            "reading  1.5 kB  1.5 kB/s");
}

TEST(ProgressLine, NeverGoesBeyondAllOrTheWidth) {
  const ProgressState grown{.label = "reading", .done_bytes = 30, .total_bytes = 20, .elapsed = 1s};
  EXPECT_THAT(progress_line(grown, 100), HasSubstr("]  100 %  20 B of 20 B"));
  EXPECT_EQ(progress_line(grown, 20).size(), 20U);
}

TEST(BytesText, HasTwoOrThreeDigits) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1'000), "1.0 kB");
  EXPECT_EQ(bytes_text(999'600), "1.0 MB");
  EXPECT_EQ(bytes_text(18'446'744'073'709'551'615U), "18447 PB");
}

TEST(TimeText, GoesFromSecondsToHours) {
  EXPECT_EQ(time_text(59s), "59 s");
  EXPECT_EQ(time_text(125s), "2 min 05 s");
  EXPECT_EQ(time_text(1h + 3min), "1 h 03 min");
}

// Draws into a file as if it were a terminal.
class ProgressTest : public testing::Test {
 protected:
  std::string drawn() const {
    std::string text(10'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(fd_, text.data(), text.size(), 0)));
    return text;
  }
  void TearDown() override { ::close(fd_); }

  const int fd_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  FakeClock clock_{Instant()};
};

TEST_F(ProgressTest, ShortWorkShowsNothing) {
  Messages messages(fd_, {.is_terminal = true}, Messages::Loudness::kNormal);
  {
    Progress progress(messages, "reading", 100, clock_);
    clock_.advance(400ms);
    progress.add(50);
  }
  EXPECT_EQ(drawn(), "");
}

TEST_F(ProgressTest, LongWorkIsDrawnAndTakenAway) {
  Messages messages(fd_, {.is_terminal = true}, Messages::Loudness::kNormal);
  {
    Progress progress(messages, "reading", 100, clock_);
    clock_.advance(1s);
    progress.add(50);
    progress.add(1);  // too soon for a second drawing
    EXPECT_THAT(drawn(), HasSubstr("50 %"));
    EXPECT_THAT(drawn(), Not(HasSubstr("51 %")));
  }
  EXPECT_TRUE(drawn().ends_with("\r\x1b[2K"));
}

TEST_F(ProgressTest, AMessagePushesTheLineDown) {
  Messages messages(fd_, {.is_terminal = true}, Messages::Loudness::kNormal);
  messages.show_transient("bar");
  messages.note("a note");
  EXPECT_EQ(drawn(), "\r\x1b[2Kbar\r\x1b[2Ka note\nbar");
}

TEST_F(ProgressTest, AFileGetsNoBarNorDoesQuiet) {
  Messages file(fd_, {.is_terminal = false}, Messages::Loudness::kNormal);
  Messages quiet(fd_, {.is_terminal = true}, Messages::Loudness::kQuiet);
  for (Messages* messages : {&file, &quiet}) {
    Progress progress(*messages, "reading", 100, clock_);
    clock_.advance(1s);
    progress.add(50);
  }
  EXPECT_EQ(drawn(), "");
}

}  // namespace
}  // namespace nepho::cli
