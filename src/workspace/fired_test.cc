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

// Rules of one file lie together, whatever order they ran in: the file can be compared by eye.
TEST_F(FiredTest, IsWrittenSortedByPathThenId) {
  ASSERT_TRUE(write_fired(
      folder_,
      {.rules = {{.id = "2", .path = "b"}, {.id = "9", .path = "a"}, {.id = "1", .path = "b"}}}));
  const auto fired = read_fired(folder_);
  ASSERT_EQ(fired->rules.size(), 3U);
  EXPECT_EQ(fired->rules[0].id, "9");
  EXPECT_EQ(fired->rules[1].id, "1");
  EXPECT_EQ(fired->rules[2].id, "2");
}

// A file that was sorted by hand, or merged, is still searched by halving.
TEST_F(FiredTest, FindsRulesOfAFileInAnyOrder) {
  fs::create_directory(folder_ / ".nephometer");
  ASSERT_TRUE(write_file(
      folder_ / ".nephometer/fired.json",
      R"({"schema":"nephometer/fired/1","rules":[{"id":"2","path":"z","count":2},{"id":"1","path":"a","count":1}]})"));
  const auto fired = read_fired(folder_);
  ASSERT_TRUE(fired.has_value());
  EXPECT_EQ(fired->find("2", "z")->count, 2U);
  EXPECT_EQ(fired->find("1", "a")->count, 1U);
}

TEST_F(FiredTest, ManyRulesAreEachFound) {
  Fired many;
  for (std::size_t i = 0; i < 3'000; ++i) {
    many.rules.push_back({.id = std::to_string(i * 7919 % 3'000),
                          .path = "rules/" + std::to_string(i % 50) + ".yml",
                          .count = i});
  }
  ASSERT_TRUE(write_fired(folder_, many));
  const auto fired = read_fired(folder_);
  ASSERT_TRUE(fired.has_value());
  for (const FiredRule& rule : many.rules) {
    ASSERT_NE(fired->find(rule.id, rule.path), nullptr);
    ASSERT_EQ(fired->find(rule.id, rule.path)->count, rule.count);
  }
  EXPECT_EQ(fired->find("3000", "rules/0.yml"), nullptr);
}

// What is missing or strange in it counts as 0 or empty: the next run makes it anew.
TEST_F(FiredTest, StrangeMembersAreNoFailure) {
  fs::create_directory(folder_ / ".nephometer");
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json",
                         R"({"schema":"nephometer/fired/1","events":-3,"time":7,"rules":[
                            {"id":"1","path":"a","count":"many"},{"id":"2","path":"a","count":-1},
                            {"id":"3","path":"a","count":99999999999999999999},{},7,[]]})"));
  const auto fired = read_fired(folder_);
  ASSERT_TRUE(fired.has_value());
  EXPECT_EQ(fired->num_events, 0U);
  EXPECT_EQ(fired->time, "");
  for (const char* id : {"1", "2", "3"}) EXPECT_EQ(fired->find(id, "a")->count, 0U) << id;
}

TEST_F(FiredTest, WithoutRulesThereAreNone) {
  fs::create_directory(folder_ / ".nephometer");
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json",
                         R"({"schema":"nephometer/fired/1","rules":{"a":1}})"));
  EXPECT_TRUE(read_fired(folder_).has_value());
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json", R"({"schema":"nephometer/fired/1"})"));
  EXPECT_TRUE(read_fired(folder_)->rules.empty());
}

TEST_F(FiredTest, TheErrorNamesTheFileAndTheWayOut) {
  fs::create_directory(folder_ / ".nephometer");
  ASSERT_TRUE(write_file(folder_ / ".nephometer/fired.json", "[]"));
  const Error error = read_fired(folder_).error();
  EXPECT_EQ(error.code, kBadFired);
  EXPECT_EQ(error.place.file, (folder_ / ".nephometer/fired.json").string());
  EXPECT_EQ(error.place.line, 1U);
  EXPECT_NE(error.hint.find("delete it"), std::string::npos);
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

// Only the component ".." leads out; a name may begin with two points.
TEST(KeptPath, ANameThatBeginsWithPointsLiesBelowAllTheSame) {
  EXPECT_EQ(kept_path("/w", "/w/..rules/a.yml"), "..rules/a.yml");
  EXPECT_EQ(kept_path("/w", "/w/...yml"), "...yml");
  EXPECT_EQ(kept_path("/w", "/a.yml"), "/a.yml");
  EXPECT_EQ(kept_path("/w/x", "/w/y/a.yml"), "/w/y/a.yml");
}

// detect and coverage may run in different folders; the entry must be found all the same.
TEST(KeptPath, IsTheSameHoweverThePathWasTyped) {
  for (const char* typed : {"/w/rules/a.yml", "/w//rules/a.yml", "/w/x/../rules/a.yml"}) {
    EXPECT_EQ(kept_path("/w", typed), "rules/a.yml") << typed;
    EXPECT_EQ(kept_path("/w/.", typed), "rules/a.yml") << typed;
    EXPECT_EQ(kept_path("/w/sub/..", typed), "rules/a.yml") << typed;
  }
}

TEST(KeptPath, IsFromTheWorkspaceWhereItLiesBelow) {
  EXPECT_EQ(kept_path("/w", "/w/rules/./a.yml"), "rules/a.yml");
  EXPECT_EQ(kept_path("/w", "/siem/a.yml"), "/siem/a.yml");
  EXPECT_EQ(kept_path(".", "rules/a.yml"), "rules/a.yml");
  EXPECT_EQ(kept_path("sub", "sub/../sub/a.yml"), "a.yml");
}

}  // namespace
}  // namespace nepho::workspace
