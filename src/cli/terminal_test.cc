#include "cli/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace nepho::cli {
namespace {

// A pseudo terminal of 123 columns, and an environment that says nothing.
class TerminalTest : public testing::Test {
 protected:
  void SetUp() override {
    ::unsetenv("COLUMNS");
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "xterm", 1);
    master_ = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0) {
      GTEST_SKIP() << "no pseudo terminal to be had";
    }
    fd_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
    const winsize size{.ws_row = 40, .ws_col = 123, .ws_xpixel = 0, .ws_ypixel = 0};
    ASSERT_EQ(::ioctl(fd_, TIOCSWINSZ, &size), 0);
  }
  void TearDown() override {
    ::close(fd_);
    ::close(master_);
    ::close(file_);
  }

  int master_ = -1;
  int fd_ = -1;
  const int file_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
};

TEST_F(TerminalTest, TakesItsWidthFromTheTerminal) {
  const Terminal terminal = Terminal::of(fd_, ColorChoice::kAuto);
  EXPECT_TRUE(terminal.is_terminal);
  EXPECT_TRUE(terminal.has_color);
  EXPECT_EQ(terminal.width, 123);
  EXPECT_EQ(terminal.table_width, 123);
}

TEST_F(TerminalTest, ColumnsOfTheEnvironmentCountMore) {
  ::setenv("COLUMNS", "90", 1);
  EXPECT_EQ(Terminal::of(fd_, ColorChoice::kAuto).width, 90);
  EXPECT_EQ(Terminal::of(file_, ColorChoice::kAuto).table_width, 90);
  ::setenv("COLUMNS", "wide", 1);
  EXPECT_EQ(Terminal::of(fd_, ColorChoice::kAuto).width, 123);
}

TEST_F(TerminalTest, AFileHasNoColourAndTablesAsWideAsTheyAre) {
  const Terminal terminal = Terminal::of(file_, ColorChoice::kAuto);
  EXPECT_FALSE(terminal.is_terminal);
  EXPECT_FALSE(terminal.has_color);
  EXPECT_EQ(terminal.width, 80);
  EXPECT_EQ(terminal.table_width, 0);
}

TEST_F(TerminalTest, NoColorAndDumbTerminalsSwitchColourOff) {
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(Terminal::of(fd_, ColorChoice::kAuto).has_color);
  EXPECT_TRUE(Terminal::of(fd_, ColorChoice::kAlways).has_color);
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "dumb", 1);
  EXPECT_FALSE(Terminal::of(fd_, ColorChoice::kAuto).has_color);
}

TEST_F(TerminalTest, ChoiceBeatsTheTerminal) {
  EXPECT_FALSE(Terminal::of(fd_, ColorChoice::kNever).has_color);
  EXPECT_TRUE(Terminal::of(file_, ColorChoice::kAlways).has_color);
}

}  // namespace
}  // namespace nepho::cli
