#include "workspace/fired.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "workspace/errors.h"

namespace nepho::workspace {
namespace {

namespace fs = std::filesystem;

class FiredTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "fired.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(FiredTest, BeforeTheFirstRunThereIsNothing) {
  const auto fired = read_fired(folder_);
  ASSERT_TRUE(fired.has_value());
  EXPECT_TRUE(fired->rules.empty());
}

TEST_F(FiredTest, ReadsBackWhatWasWritten) {
  ASSERT_TRUE(write_fired(folder_, {.time = "2026-11-24T08:00:00Z",
                                    .num_events = 3000,
                                    .first_event_time = "2026-11-01T00:00:00Z",
                                    .last_event_time = "2026-11-02T00:00:00Z",
                                    .rules = {{.id = "2", .path = "rules/b.yml", .count = 0},
                                              {.id = "1",
                                               .path = "rules/a \"x\".yml",
                                               .digest = "abc",
                                               .count = 12,
                                               .last_time = "2026-11-01T12:00:00Z"}}}));
  const auto fired = read_fired(folder_);
  ASSERT_TRUE(fired.has_value());
  EXPECT_EQ(fired->num_events, 3000U);
  EXPECT_EQ(fired->last_event_time, "2026-11-02T00:00:00Z");
  const FiredRule* rule = fired->find("1", "rules/a \"x\".yml");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->count, 12U);
  EXPECT_EQ(rule->digest, "abc");
  EXPECT_EQ(rule->last_time, "2026-11-01T12:00:00Z");
  EXPECT_EQ(fired->find("2", "rules/b.yml")->count, 0U);
  EXPECT_EQ(fired->find("1", "rules/b.yml"), nullptr);
}

TEST_F(FiredTest, TheLastRunTakesThePlaceOfTheOneBefore) {
  ASSERT_TRUE(write_fired(folder_, {.rules = {{.id = "1", .path = "a"}}}));
  ASSERT_TRUE(write_fired(folder_, {.rules = {{.id = "2", .path = "a"}}}));
  const auto fired = read_fired(folder_);
  EXPECT_EQ(fired->find("1", "a"), nullptr);
  EXPECT_NE(fired->find("2", "a"), nullptr);
}

TEST_F(FiredTest, StaysOutOfVersionControl) {
  ASSERT_TRUE(write_fired(folder_, {}));
  EXPECT_EQ(read_file(folder_ / ".nephometer/.gitignore", 100).value_or(""), "*\n");
}

TEST_F(FiredTest, AFileThatIsNoneOfOursIsAnError) {
  fs::create_directory(folder_ / ".nephometer");
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json", "{\"schema\":\"x\"}"));
  EXPECT_EQ(read_fired(folder_).error().code, kBadFired);
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json", "{"));
  EXPECT_FALSE(read_fired(folder_).has_value());
}

TEST_F(FiredTest, AFolderThatCannotBeMadeIsAnError) {
  const auto written = write_fired(folder_ / "missing", {});
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, kCannotWrite);
}

TEST(KeptPath, IsFromTheWorkspaceWhereItLiesBelow) {
  EXPECT_EQ(kept_path("/w", "/w/rules/./a.yml"), "rules/a.yml");
  EXPECT_EQ(kept_path("/w", "/siem/a.yml"), "/siem/a.yml");
  EXPECT_EQ(kept_path(".", "rules/a.yml"), "rules/a.yml");
  EXPECT_EQ(kept_path("sub", "sub/../sub/a.yml"), "a.yml");
}

}  // namespace
}  // namespace nepho::workspace
