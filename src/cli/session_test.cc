#include "cli/session.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "workspace/errors.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// A session over a folder of its own, with messages in a file.
class SessionTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "session.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    fs::remove_all(folder_);
    ::close(err_);
  }

  Session session() {
    return {arguments_,  options_, std::make_unique<Output>(err_), {}, messages_,
            Knowledge(), clock_};
  }
  std::string said() const {
    std::string text(10'000, '\0');
    text.resize(static_cast<std::size_t>(::pread(err_, text.data(), text.size(), 0)));
    return text;
  }

  fs::path folder_;
  const int err_ = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  Messages messages_{err_, {}, Messages::Loudness::kNormal};
  Arguments arguments_;
  CommonOptions options_;
  FakeClock clock_{std::chrono::sys_days(2026y / 11 / 24) + 8h + 1500ms};
};

TEST_F(SessionTest, NowIsTheClocksUnlessAsOfSaysElse) {
  EXPECT_EQ(session().as_of(), std::chrono::sys_days(2026y / 11 / 24) + 8h + 1s);
  options_.as_of = std::chrono::sys_days(2025y / 1 / 2);
  EXPECT_EQ(session().as_of(), std::chrono::sys_days(2025y / 1 / 2));
}

TEST_F(SessionTest, ThereIsAlwaysAThread) {
  EXPECT_GE(session().num_jobs(), 1U);
  options_.jobs = 7;
  EXPECT_EQ(session().num_jobs(), 7U);
  options_.jobs = 0;
  EXPECT_EQ(session().num_jobs(), 1U);
  options_.jobs = 1'000'000;  // once ended the process, for want of threads
  EXPECT_EQ(session().num_jobs(), 256U);
}

TEST_F(SessionTest, LoadsTheNewestCatalogueOrTheOneAskedFor) {
  EXPECT_EQ(session().catalogue()->version(), "19.1");
  options_.attack_version = "18";
  EXPECT_EQ(session().catalogue()->version(), "18.1");
  options_.attack_version = "7";
  EXPECT_FALSE(session().catalogue().has_value());
}

TEST_F(SessionTest, ReadsTheWorkspaceOfTheOption) {
  ASSERT_TRUE(write_file(folder_ / "nephometer.yml", "providers: {aws: {}}\n"));
  options_.workspace = folder_;
  Session one = session();
  const auto workspace = one.workspace();
  ASSERT_TRUE(workspace.has_value());
  EXPECT_NE((*workspace)->find_provider("aws"), nullptr);
  EXPECT_EQ(*one.workspace(), *workspace);  // read once
}

TEST_F(SessionTest, AFolderThatIsNoWorkspaceIsAnErrorWhenAskedFor) {
  options_.workspace = folder_;
  EXPECT_EQ(session().workspace().error().code, workspace::kNoWorkspace);
}

TEST_F(SessionTest, AFaultyWorkspaceNamesEveryFaultAndFails) {
  ASSERT_TRUE(write_file(folder_ / "nephometer.yml", "provders: {}\n"));
  options_.workspace = folder_;
  EXPECT_EQ(session().workspace().error().code, workspace::kBadWorkspace);
  EXPECT_THAT(said(), HasSubstr("nephometer.yml:1:1: error[yaml.unknown_key]"));
  EXPECT_THAT(said(), HasSubstr("did you mean 'providers'?"));
}

TEST_F(SessionTest, TakesWhatItMadeApartInTheReverseOrder) {
  struct Ending {
    Ending(std::string& said, char name) : said_(said), name_(name) {}
    ~Ending() { said_ += name_; }
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    std::string& said_;
    char name_;
  };
  std::string said;
  {
    Session one = session();
    const Ending& first = one.make<Ending>(said, 'a');
    for (const char name : {'b', 'c'}) one.make<Ending>(said, name);
    EXPECT_EQ(first.name_, 'a');  // stays where it is
    EXPECT_EQ(said, "");
  }
  EXPECT_EQ(said, "cba");
}

}  // namespace
}  // namespace nepho::cli
