#include "cli/run.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "base/files.h"

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  int exit = -1;
  std::string out;
  std::string err;
};

// What a descriptor to an unnamed file holds.
std::string content_of(int fd) {
  std::string text(std::size_t{1} << 20U, '\0');
  const ssize_t size = ::pread(fd, text.data(), text.size(), 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return text;
}

int unnamed_file() { return ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); }

Outcome run_words(const std::vector<std::string>& words) {
  const int out = unnamed_file();
  const int err = unnamed_file();
  Outcome outcome;
  outcome.exit = run(words, {.out = out, .err = err});
  outcome.out = content_of(out);
  outcome.err = content_of(err);
  ::close(out);
  ::close(err);
  return outcome;
}

TEST(Run, AloneItShowsTheOverviewOnStdout) {
  const Outcome outcome = run_words({});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_THAT(outcome.out, HasSubstr("completion"));
  EXPECT_EQ(outcome.err, "");
}

TEST(Run, AUsageErrorIsThreeAndOnStderr) {
  const Outcome outcome = run_words({"mann"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error[cli.unknown_command]: no such command: mann\n   did you mean 'man'?\n");
}

TEST(Run, TheVersionIsOneLine) { EXPECT_THAT(run_words({"--version"}).out, StartsWith("nepho ")); }

TEST(Run, AFullDiskIsAnErrorAndExitCodeThree) {
  const Outcome outcome = run_words({"man", "-o", "/dev/full"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_THAT(outcome.err, StartsWith("/dev/full: error[base.cannot_write]"));
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  const int err = unnamed_file();
  EXPECT_EQ(run({"man"}, {.out = full, .err = err}), 3);
  EXPECT_THAT(content_of(err), HasSubstr("cannot write to standard output"));
  ::close(full);
  ::close(err);
}

TEST(Run, AReaderThatLeftIsNoError) {
  ::signal(SIGPIPE, SIG_IGN);
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  ::close(pipe_ends[0]);
  const int err = unnamed_file();
  EXPECT_EQ(run({"man"}, {.out = pipe_ends[1], .err = err}), 0);
  EXPECT_EQ(content_of(err), "");
  ::close(pipe_ends[1]);
  ::close(err);
}

TEST(Run, AMissingKnowledgeFolderIsAConfigurationError) {
  const Outcome outcome = run_words({"man", "--knowledge", "/nowhere/at/all"});
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, StartsWith("/nowhere/at/all: error[base.no_such_path]"));
}

TEST(Run, TheFileOfMinusOGetsWhatStdoutWould) {
  const auto path = std::filesystem::temp_directory_path() / "nepho_run_test.1";
  EXPECT_EQ(run_words({"man", "-o", path.string()}).out, "");
  EXPECT_EQ(read_file(path, 1'000'000).value_or("?"), run_words({"man"}).out);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace nepho::cli
