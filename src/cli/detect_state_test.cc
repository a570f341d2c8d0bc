#include "cli/detect_state.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "tests/support/program.h"

namespace nepho::cli {
namespace {

using tests::TemporaryFolder;

// A run of detect with --state, what it says in a file.
class DetectState : public testing::Test {
 protected:
  DetectState() { arguments_.declare("--state"); }
  ~DetectState() override { ::close(err_); }

  Session session() {
    return {arguments_, options_, std::make_unique<Output>(err_), {}, messages_, Knowledge()};
  }
  std::string said() const {
    std::string text(10'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(err_, text.data(), text.size(), 0)));
    return text;
  }
  std::string file() const { return (folder_.path() / "state").string(); }

  // A state that knows one file.
  static detect::CorrelationState state() {
    detect::CorrelationState state;
    state.files = {"a.json"};
    return state;
  }

  TemporaryFolder folder_;
  const int err_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  Messages messages_{err_, {}, Messages::Loudness::kNormal};
  Arguments arguments_;
  CommonOptions options_;
};

TEST_F(DetectState, WithoutTheOptionNothingIsKept) {
  Session session = this->session();
  EXPECT_TRUE(keep_state(session, {}, state()));
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(DetectState, HasNoPastBeforeTheFirstRun) {
  arguments_.add("--state", file());
  const auto read = read_state(session());
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->files.empty());
}

TEST_F(DetectState, IsKeptByARunThatCameToItsEnd) {
  arguments_.add("--state", file());
  Session session = this->session();
  ASSERT_TRUE(keep_state(session, {}, state()));
  const auto read = read_state(session);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->files, state().files);
  EXPECT_EQ(said(), "");
}

TEST_F(DetectState, StaysAsItWasAfterARunThatDidNot) {
  arguments_.add("--state", file());
  Session session = this->session();
  stream::RunResult stopped;
  stopped.was_stopped = true;
  stream::RunResult incomplete;
  incomplete.correlation.is_complete = false;
  for (const stream::RunResult* result : {&stopped, &incomplete}) {
    EXPECT_TRUE(keep_state(session, *result, state()));
    EXPECT_FALSE(std::filesystem::exists(file()));
  }
  EXPECT_THAT(said(), testing::HasSubstr("the state stays as it was"));
}

TEST_F(DetectState, OfAnotherKindIsRefusedWithItsPlace) {
  arguments_.add("--state", folder_.write("state", "no state"));
  const auto read = read_state(session());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().place.file, file());
}

}  // namespace
}  // namespace nepho::cli
