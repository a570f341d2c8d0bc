#include "cli/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/files.h"
#include "cli/interrupt.h"

namespace nepho::cli {
namespace {

TEST(Output, BuffersUntilFlushedOrFinished) {
  const int fd = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  Output output(fd);
  output.write("one");
  char byte = 0;
  EXPECT_EQ(::pread(fd, &byte, 1, 0), 0);
  output.flush();
  EXPECT_EQ(::pread(fd, &byte, 1, 0), 1);
  EXPECT_TRUE(output.finish().has_value());
  EXPECT_EQ(output.num_bytes(), 3U);
  ::close(fd);
}

TEST(Output, ToAFileThatCannotBeMadeFailsAtOnce) {
  const auto output = Output::to_file("/nowhere/at/all");
  ASSERT_FALSE(output.has_value());
  EXPECT_EQ(output.error().code, kCannotWrite);
}

TEST(Output, KeepsTheFirstFailureAndDropsTheRest) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  Output output(full);
  const std::string much(std::size_t{1} << 20U, 'x');
  output.write(much);
  output.write(much);
  EXPECT_EQ(output.finish().error().code, kCannotWrite);
  EXPECT_EQ(output.num_bytes(), much.size());  // the second came too late
  ::close(full);
}

TEST(OutputDeathTest, AReaderThatLeftStopsTheWork) {
  ::signal(SIGPIPE, SIG_IGN);
  // In a process of its own: the stop flag stays raised.
  EXPECT_EXIT(
      {
        int ends[2];
        if (::pipe(ends) != 0) ::_exit(9);
        ::close(ends[0]);
        Output output(ends[1]);
        output.write("x");
        const bool is_fine = output.finish().has_value() && stop_requested();
        ::_exit(is_fine ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace nepho::cli
