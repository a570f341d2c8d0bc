#include "cli/messages.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;

class MessagesTest : public testing::Test {
 protected:
  std::string shown() const {
    std::string text(10'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(fd_, text.data(), text.size(), 0)));
    return text;
  }
  void TearDown() override { ::close(fd_); }

  static LoadReport one_of_each() {
    LoadReport report;
    report.add(Severity::kNote, Error(ErrorCode("x.note"), "n"));
    report.add(Severity::kWarning, Error(ErrorCode("x.warning"), "w"));
    report.add(Severity::kError, Error(ErrorCode("x.error"), "e", {.file = "f", .line = 2}));
    return report;
  }

  const int fd_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
};

TEST_F(MessagesTest, NotesOfLoadersAreShownOnlyWhenAskedFor) {
  Messages messages(fd_, {}, Messages::Loudness::kNormal);
  messages.report(one_of_each());
  EXPECT_EQ(shown(), "warning[x.warning]: w\nf:2: error[x.error]: e\n");
  EXPECT_EQ(messages.num_errors(), 1U);
}

TEST_F(MessagesTest, QuietShowsErrorsAlone) {
  Messages messages(fd_, {}, Messages::Loudness::kQuiet);
  messages.note("hello");
  messages.report(one_of_each());
  EXPECT_EQ(shown(), "f:2: error[x.error]: e\n");
}

TEST_F(MessagesTest, VerboseShowsAll) {
  Messages messages(fd_, {}, Messages::Loudness::kVerbose);
  messages.detail("so it goes");
  messages.report(one_of_each());
  EXPECT_THAT(shown(), HasSubstr("so it goes\nnote[x.note]: n\n"));
}

TEST_F(MessagesTest, ColoursTheSeverityAndNothingElse) {
  Messages messages(fd_, {.has_color = true}, Messages::Loudness::kNormal);
  messages.error(Error(ErrorCode("x.y"), "m"));
  EXPECT_EQ(shown(), "\x1b[31merror[x.y]\x1b[0m: m\n");
}

}  // namespace
}  // namespace nepho::cli
