#include "workspace/evidence_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "store/errors.h"
#include "workspace/state_folder.h"

namespace nepho::workspace {
namespace {

namespace fs = std::filesystem;
using evidence::Evidence;
using evidence::Kind;

// A play on a day of November 2026, different in every member from the next day's.
Evidence play(std::string procedure, int day, Kind kind = Kind::kSynthetic) {
  Evidence made{.procedure = std::move(procedure),
                .technique = "T1136.003",
                .provider = "aws",
                .kind = kind,
                .outcome = evidence::Outcome::kAlerted,
                .verdict = evidence::Verdict::kLate,
                .reason = "day " + std::to_string(day),
                .trials = {{"rule-1", "h1", true, true, false}, {"rule-2", "", false, false, true}},
                .schema_hash = "s",
                .attack_version = "19.1"};
  using namespace std::chrono;
  made.time = sys_days(2026y / November / day) + 250ms;
  if (day % 2 == 0) made.latency = milliseconds(day);
  made.events = static_cast<std::size_t>(day);
  made.digest = "sha256:00";
  return made;
}

class EvidenceLogTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "evidence.XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void append(const std::vector<Evidence>& all) const {
    const auto appended = append_evidence(folder_, all);
    ASSERT_TRUE(appended.has_value()) << to_string(appended.error());
  }

  std::vector<Evidence> read(const EvidenceFilter& filter = {}) const {
    auto all = read_evidence(folder_, filter);
    EXPECT_TRUE(all.has_value()) << (all ? "" : to_string(all.error()));
    return all ? *all : std::vector<Evidence>{};
  }

  fs::path folder_;
};

TEST_F(EvidenceLogTest, BeforeTheFirstPlayThereIsNothing) {
  EXPECT_TRUE(read().empty());
  EXPECT_FALSE(fs::exists(folder_ / kStateFolder)) << "reading leaves no trace";
}

TEST_F(EvidenceLogTest, WhatWasAddedIsReadBackByTime) {
  append({play("b", 3), play("a", 2)});
  append({play("c", 1)});
  EXPECT_EQ(read(), (std::vector{play("c", 1), play("a", 2), play("b", 3)}));
}

TEST_F(EvidenceLogTest, TheSamePlayMayBeAddedTwice) {
  append({play("a", 1)});
  append({play("a", 1)});
  EXPECT_EQ(read(), (std::vector{play("a", 1), play("a", 1)}));
}

TEST_F(EvidenceLogTest, SinceTakesTheMomentItself) {
  append({play("a", 1), play("a", 2), play("a", 3)});
  EXPECT_EQ(read({.since = play("a", 2).time}), (std::vector{play("a", 2), play("a", 3)}));
}

TEST_F(EvidenceLogTest, OnlyTheWantedProceduresAreRead) {
  append({play("a", 1), play("b", 2), play("c", 3)});
  EXPECT_EQ(read({.procedures = {"c", "a"}}), (std::vector{play("a", 1), play("c", 3)}));
}

TEST_F(EvidenceLogTest, TheLatestOfEachKindStands) {
  append({play("a", 1, Kind::kLive), play("a", 2), play("a", 3), play("b", 1)});
  EXPECT_EQ(read({.latest_only = true}),
            (std::vector{play("a", 1, Kind::kLive), play("b", 1), play("a", 3)}));
}

// Rows are addressed by position: a member that is swapped with another of its type would show.
TEST_F(EvidenceLogTest, TextsOfAnyKindSurvive) {
  Evidence odd = play("'; DROP TABLE evidence; --", 4);
  odd.reason = "line\nend \xC3\xA9 \"quoted\"";
  odd.trials = {{"r\t1", "'", false, false, false}};
  append({odd});
  EXPECT_EQ(read(), std::vector{odd});
}

TEST_F(EvidenceLogTest, AFileThatIsNoDatabaseIsAnErrorForBoth) {
  ASSERT_TRUE(make_state_folder(folder_).has_value());
  ASSERT_TRUE(write_file(folder_ / kStateFolder / kDatabaseFile, "not a database at all, and long")
                  .has_value());
  const auto read = read_evidence(folder_);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, store::kCorrupt);
  EXPECT_FALSE(append_evidence(folder_, std::vector{play("a", 1)}).has_value());
}

TEST_F(EvidenceLogTest, AMistypedWorkspaceIsAnErrorAndNoNewFolder) {
  EXPECT_FALSE(append_evidence(folder_ / "nowhere", std::vector{play("a", 1)}).has_value());
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
}

}  // namespace
}  // namespace nepho::workspace
