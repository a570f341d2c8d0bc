#include "plan/baseline.h"

#include <gtest/gtest.h>

#include <vector>

namespace nepho::plan {
namespace {

std::vector<Amount> of(std::initializer_list<int> numbers) {
  std::vector<Amount> amounts;
  for (const int number : numbers) amounts.push_back(number * kOne);
  return amounts;
}

TEST(Baseline, IsTheMedianAndTheDeviationFromIt) {
  // Deviations from 200: 100, 100, 0, 100, 800; their median is 100.
  const Baseline baseline = baseline_of(of({100, 300, 200, 100, 1000}), 0, false);
  EXPECT_DOUBLE_EQ(baseline.median, 200);
  EXPECT_DOUBLE_EQ(baseline.spread, 148.26);
  EXPECT_DOUBLE_EQ(baseline.score(1000 * kOne), 800 / 148.26);
  EXPECT_EQ(baseline.num_windows, 5U);
}

TEST(Baseline, OneOddWindowDoesNotMoveIt) {
  const auto quiet = of({5, 6, 5, 7, 5, 6, 5});
  auto odd = quiet;
  odd[3] = 100'000 * kOne;
  EXPECT_DOUBLE_EQ(baseline_of(odd, 0, false).median, baseline_of(quiet, 0, false).median);
}

TEST(Baseline, ASeriesThatNeverMovesHasTheSpreadOfChance) {
  EXPECT_DOUBLE_EQ(baseline_of(of({100, 100, 100}), 0, false).spread, 10);
  EXPECT_DOUBLE_EQ(baseline_of(of({0, 0, 0}), 0, false).spread, 1);
  EXPECT_DOUBLE_EQ(baseline_of(of({100, 100, 100}), 0, true).spread, 10);
  EXPECT_DOUBLE_EQ(baseline_of(of({-400, -400}), 0, true).spread, 40);
}

TEST(Baseline, GoesByTheTimeOfTheWeekWhereThereAreFourOfThem) {
  std::vector<Amount> totals;
  for (int week = 0; week < 4; ++week) {
    for (const int number : {50, 1, 2}) totals.push_back(number * kOne);
  }
  // The next window is at the time of those with 50.
  const Baseline weekly = baseline_of(totals, 3, false);
  EXPECT_TRUE(weekly.is_weekly);
  EXPECT_DOUBLE_EQ(weekly.median, 50);
  EXPECT_EQ(weekly.num_windows, 4U);

  const Baseline fewer = baseline_of(std::span(totals).subspan(1), 3, false);
  EXPECT_FALSE(fewer.is_weekly);
  EXPECT_DOUBLE_EQ(fewer.median, 2);
  EXPECT_FALSE(baseline_of(totals, 0, false).is_weekly);
}

}  // namespace
}  // namespace nepho::plan
