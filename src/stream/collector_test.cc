#include "stream/collector.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace nepho::stream {
namespace {

using detect::Match;

class CollectorOfTwoRules : public testing::Test {
 protected:
  CollectorOfTwoRules() : plan_(rules_, sources_, {.ignore_logsource = true}) {}

  static std::vector<sigma::Rule> two_rules() {
    std::vector<sigma::Rule> rules(2);
    rules[0].id.value = "first";
    rules[1].id.value = "second";
    return rules;
  }
  // A match of `rule` for event number `event`, in the block of the same number.
  static Match match(std::uint32_t rule, std::uint64_t event, int second, bool is_repeat = false) {
    Match match;
    match.rule = rule;
    match.time = Instant{std::chrono::seconds(second)};
    match.place = {
        .file = 0, .sequence = event, .ordinal = 0, .line = event + 1, .offset = event * 100};
    match.key = {0, event};
    match.is_repeat = is_repeat;
    return match;
  }
  static void give(Collector& collector, const Match& match) {
    detect::SliceResult result;
    result.matches = {match};
    result.num_events = 1;
    collector.add(detect::Slice{.file = 0, .sequence = match.place.sequence}, result);
  }
  std::string list(Collector collector) const {
    std::string text;
    for (const auto& finding : collector.take_findings(plan_)) {
      text += std::to_string(finding.match.rule) + "@" + std::to_string(finding.index) + "x" +
              std::to_string(finding.count) + " ";
    }
    return text;
  }

  std::vector<sigma::Rule> rules_ = two_rules();
  event::LogSources sources_;
  plan::Plan plan_;
};

TEST_F(CollectorOfTwoRules, OrdersByTimeThenRuleThenPlace) {
  Collector collector(2, 10);
  give(collector, match(1, 0, 5));
  give(collector, match(0, 1, 5));
  give(collector, match(0, 2, 1));
  give(collector, match(0, 3, 5));
  EXPECT_EQ(list(std::move(collector)), "0@2x1 0@1x1 0@3x1 1@0x1 ");
}

// A block that gave nothing need not have been added.
TEST_F(CollectorOfTwoRules, CountsEventsPastBlocksThatAreNotThere) {
  Collector collector(2, 10);
  for (const std::uint64_t sequence : {1, 4, 5})
    give(collector, match(0, sequence, static_cast<int>(sequence)));
  EXPECT_EQ(list(std::move(collector)), "0@0x1 0@1x1 0@2x1 ");
}

TEST_F(CollectorOfTwoRules, ListsTheEarliestAndFoldsTheRestIntoTheLastListed) {
  Collector collector(2, 3);
  for (std::uint64_t event = 0; event < 10; ++event)
    give(collector, match(0, event, static_cast<int>(10 - event)));
  EXPECT_EQ(list(std::move(collector)), "0@9x1 0@8x1 0@7x8 ");
}

TEST_F(CollectorOfTwoRules, MergesRepeatsAtTheLowestPlaceWhicheverCameFirst) {
  Collector collector(2, 10);
  Match early = match(0, 1, 5, true);
  Match late = match(0, 4, 5);
  late.key = early.key;
  give(collector, late);
  give(collector, early);
  for (std::uint64_t event : {0, 2, 3}) {
    detect::SliceResult empty;
    empty.num_events = 1;
    collector.add(detect::Slice{.file = 0, .sequence = event}, empty);
  }
  EXPECT_EQ(list(std::move(collector)), "0@1x1 ");
}

// Copies take one place of the bound, not one each.
TEST_F(CollectorOfTwoRules, FoldsNothingAsLongAsTheEventsThemselvesFit) {
  Collector collector(2, 10);
  std::uint64_t place = 0;
  for (int copy = 0; copy < 5; ++copy) {
    for (std::uint64_t event = 0; event < 10; ++event) {
      Match each = match(0, place++, static_cast<int>(event), copy != 0);
      each.key = {1, event};
      give(collector, each);
    }
  }
  std::string expected;
  for (int event = 0; event < 10; ++event) expected += fmt::format("0@{}x1 ", event);
  EXPECT_EQ(list(std::move(collector)), expected);
}

TEST_F(CollectorOfTwoRules, KeepsEveryCopyWhereNoneIsARepeat) {
  Collector collector(2, 10);
  for (std::uint64_t event = 0; event < 3; ++event) {
    Match each = match(0, event, 1);
    each.key = {1, 1};
    give(collector, each);
  }
  EXPECT_EQ(list(std::move(collector)), "0@0x1 0@1x1 0@2x1 ");
}

TEST_F(CollectorOfTwoRules, PutsMatchesWithoutATimeFirst) {
  Collector collector(2, 10);
  Match timeless = match(1, 1, 0);
  timeless.time.reset();
  give(collector, match(0, 0, 0));
  give(collector, timeless);
  EXPECT_EQ(list(std::move(collector)), "1@1x1 0@0x1 ");
}

TEST_F(CollectorOfTwoRules, ListsAllWhereThereIsNoBound) {
  Collector collector(2, 0);
  for (std::uint64_t event = 0; event < 2'000; ++event) give(collector, match(0, event, 1));
  EXPECT_EQ(collector.take_findings(plan_).size(), 2'000U);
}

TEST_F(CollectorOfTwoRules, FoldsAllButTheEarliestWhereTheBoundIsOne) {
  Collector collector(2, 1);
  for (std::uint64_t event = 0; event < 5; ++event)
    give(collector, match(1, event, static_cast<int>(5 - event)));
  EXPECT_EQ(list(std::move(collector)), "1@4x5 ");
}

// What a shard leaves out because of the bound must be what the list would have left out.
TEST_F(CollectorOfTwoRules, TellsTheShardABoundThatHidesNothingListed) {
  std::mt19937 random(12);
  for (int round = 0; round < 30; ++round) {
    Collector told(2, 7);
    Collector untold(2, 7);
    for (std::uint64_t event = 0; event < 200; ++event) {
      const Match each = match(0, event, static_cast<int>(random() % 50));
      give(untold, each);
      const auto& bound = told.bounds()[0];
      detect::SliceResult result;
      result.num_events = 1;
      if (bound && std::tie(each.time, each.place) >= std::tie(bound->time, bound->place)) {
        result.folded = {{0, 0, false}};
      } else {
        result.matches = {each};
      }
      told.add(detect::Slice{.file = 0, .sequence = event}, result);
    }
    ASSERT_EQ(list(std::move(told)), list(std::move(untold)));
  }
}

TEST_F(CollectorOfTwoRules, HoldsNoMoreThanALittleAboveItsBound) {
  Collector collector(2, 1'000);
  for (std::uint64_t event = 0; event < 20'000; ++event) {
    // From late to early: each is among the earliest so far.
    give(collector, match(0, event, 30'000 - static_cast<int>(event)));
    if (event < 1'250) continue;
    ASSERT_TRUE(collector.bounds()[0].has_value());
  }
  const auto findings = collector.take_findings(plan_);
  ASSERT_EQ(findings.size(), 1'000U);
  EXPECT_EQ(findings.front().index, 19'999U);
  EXPECT_EQ(findings.back().index, 19'000U);
  EXPECT_EQ(findings.back().count, 19'001U);
}

TEST_F(CollectorOfTwoRules, NumbersEventsThroughBlocksThatCameInAnyOrder) {
  Collector collector(2, 10);
  for (const std::uint64_t sequence : {2, 0, 3, 1}) {
    detect::SliceResult result;
    result.num_events = 10;
    Match each = match(0, sequence, static_cast<int>(sequence));
    each.place.ordinal = 4;
    result.matches = {each};
    collector.add(detect::Slice{.file = 0, .sequence = sequence}, result);
  }
  EXPECT_EQ(list(std::move(collector)), "0@4x1 0@14x1 0@24x1 0@34x1 ");
}

TEST_F(CollectorOfTwoRules, ShowsTheSkippedRecordsOfTheLowestPlacesAndCountsAll) {
  Collector collector(2, 10);
  const std::uint64_t many = 5 * Collector::kMaxSkippedShown;
  std::vector<std::uint64_t> offsets(many);
  std::iota(offsets.begin(), offsets.end(), 0);
  std::mt19937 random(3);
  std::shuffle(offsets.begin(), offsets.end(), random);
  for (const std::uint64_t offset : offsets) {
    collector.add_skipped({event::SkipReason::kTooLarge, 0, offset + 1, offset});
  }
  const auto shown = collector.skipped();
  ASSERT_EQ(shown.size(), Collector::kMaxSkippedShown);
  for (std::size_t i = 0; i < shown.size(); ++i) ASSERT_EQ(shown[i].offset, i);
  EXPECT_EQ(collector.counters().num_skipped(), many);
}

TEST_F(CollectorOfTwoRules, GivesTheSameHoweverTheMatchesAreSharedOut) {
  std::mt19937 random(9);
  std::vector<Match> matches;
  for (std::uint64_t event = 0; event < 300; ++event) {
    matches.push_back(
        match(static_cast<std::uint32_t>(random() % 2), event, static_cast<int>(random() % 20)));
  }
  std::string expected;
  for (int round = 0; round < 20; ++round) {
    std::vector<Collector> workers(3, Collector(2, 17));
    std::shuffle(matches.begin(), matches.end(), random);
    for (const Match& each : matches) give(workers[random() % 3], each);
    workers[0].join(std::move(workers[1]));
    workers[0].join(std::move(workers[2]));
    const std::string listed = list(std::move(workers[0]));
    if (round == 0) expected = listed;
    ASSERT_EQ(listed, expected);
  }
}

TEST_F(CollectorOfTwoRules, NamesEqualFindingsApartByAnOrdinal) {
  Collector collector(2, 10);
  Match copy = match(0, 1, 5);
  copy.key = {0, 0};
  give(collector, match(0, 0, 5));
  give(collector, copy);
  const auto findings = collector.take_findings(plan_);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_NE(findings[0].id, findings[1].id);
}

}  // namespace
}  // namespace nepho::stream
