#include "stream/collector.h"

#include <gtest/gtest.h>

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
