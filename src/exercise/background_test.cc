#include "exercise/background.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "exercise/errors.h"
#include "exercise/procedure.h"
#include "text/json.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

// A Sunday.
const Instant kStart = text::parse_timestamp("2026-03-01T10:00:00Z")->time;

// Each routine once, and each occasion.
Scenario all_of(const Work& work) {
  Scenario all;
  for (const Routine& routine : work.routines) {
    std::ranges::copy(routine.steps, std::back_inserter(all.steps));
  }
  for (const Occasion& occasion : work.occasions) {
    std::ranges::copy(occasion.steps, std::back_inserter(all.steps));
  }
  return all;
}

class BackgroundTest : public testing::Test {
 protected:
  BackgroundTest() : operations_(Operations::load(knowledge_, report_)) {}

  Stage stage(std::string_view provider = "aws") const {
    return {*operations_.find(provider), context_, 1, kStart};
  }

  std::vector<std::vector<Record>> days(std::size_t count) const { return days(stage(), count); }

  static std::vector<std::vector<Record>> days(const Stage& stage, std::size_t count) {
    auto background = Background::of(stage, count);
    EXPECT_TRUE(background) << to_string(background.error());
    std::vector<std::vector<Record>> days;
    while (true) {
      auto day = background->next_day();
      EXPECT_TRUE(day) << to_string(day.error());
      if (day->empty()) return days;
      EXPECT_TRUE(std::ranges::is_sorted(*day, {}, &Record::time));
      days.push_back(*std::move(day));
    }
  }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  Context context_;
};

TEST_F(BackgroundTest, HasAsManyRecordsAsAsked) {
  EXPECT_TRUE(days(0).empty());
  for (const std::size_t count : {1U, 100U, 10'000U}) {
    const auto of = days(count);
    ASSERT_EQ(of.size(), 1U);
    EXPECT_EQ(of[0].size(), count);
  }
  const auto of = days(20'623);
  ASSERT_EQ(of.size(), 3U);
  EXPECT_EQ(of[0].size() + of[1].size() + of[2].size(), 20'623U);
  EXPECT_LT(of[0].size(), 1'000U);
  // More on a day with an occasion.
  EXPECT_NEAR(static_cast<double>(of[2].size()), 10'000, 300);
  // People begin within six hours, not all at once.
  EXPECT_LT(of[2].front().time, kStart - std::chrono::hours(5));
}

// As CloudTrail delivers: a file for an account, a region and five minutes, whoever called.
TEST_F(BackgroundTest, WhatManyDoInTheSameMinutesIsInOneFile) {
  const auto of = days(10'000);
  std::map<std::string, std::set<std::int64_t>> minutes;
  for (const auto& record : of.back()) {
    minutes[record.delivered_as].insert(record.time.time_since_epoch() / std::chrono::minutes(5));
  }
  EXPECT_LT(minutes.size(), 1'000U);
  for (const auto& [file, times] : minutes) EXPECT_EQ(times.size(), 1U) << file;
}

// A company of one person's one call, and what comes about daily, weekly and once a year.
class Occasions : public BackgroundTest {
 protected:
  Occasions() : company_(*operations_.find("aws")) {
    const auto step = [](const char* call, std::size_t times) {
      return Step{.calls = {call}, .as = "iam-user", .times = times};
    };
    company_.background = {.routines = {{1, {step("ec2:DescribeVpcs", 1)}}},
                           .occasions = {{1, {step("iam:ListRoles", 30), step("iam:ListUsers", 1)}},
                                         {5, {step("s3:ListBuckets", 7)}},
                                         {260, {step("iam:ListPolicies", 1)}}}};
  }

  // How often `call` is on each day, the last first.
  std::vector<std::size_t> on_days(std::string_view call, std::size_t count,
                                   std::uint64_t seed = 1) const {
    std::vector<std::size_t> counts;
    const std::string wanted = "\"eventName\":\"" + std::string(call) + "\"";
    for (const auto& day : days({company_, context_, seed, kStart}, count)) {
      counts.push_back(static_cast<std::size_t>(std::ranges::count_if(
          day, [&](const Record& record) { return record.text.contains(wanted); })));
    }
    std::ranges::reverse(counts);
    return counts;
  }

  ProviderOperations company_;
};

TEST_F(Occasions, ComeAboutOnceInTheirWorkdays) {
  const auto daily = on_days("ListRoles", 60'000);
  const auto weekly = on_days("ListBuckets", 60'000);
  ASSERT_GE(daily.size(), 6U);
  for (std::size_t day = 0; day < 5; ++day) EXPECT_EQ(daily[day], 30U) << day;
  EXPECT_EQ(std::ranges::count(weekly.begin(), weekly.begin() + 5, 7U), 1);
  EXPECT_EQ(std::ranges::count(weekly.begin(), weekly.begin() + 5, 0U), 4);
  EXPECT_EQ(weekly[0], weekly[5]);
  // The row is done in its order, one step behind the other.
  EXPECT_EQ(on_days("ListUsers", 60'000)[0], 1U);
}

TEST_F(Occasions, AreOnOtherDaysWithAnotherSeed) {
  std::set<std::ptrdiff_t> found;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto weekly = on_days("ListBuckets", 50'000, seed);
    found.insert(std::ranges::find(weekly, 7U) - weekly.begin());
  }
  EXPECT_GE(found.size(), 3U);
  EXPECT_LT(*found.rbegin(), 5);
}

// A hundredth of a day: a daily occasion of 31 records is on every hundredth.
TEST_F(Occasions, AreAsRareAmongFewRecords) {
  std::size_t with = 0;
  constexpr std::uint64_t kSeeds = 200;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    with += on_days("ListRoles", 100, seed)[0] != 0 ? 1 : 0;
  }
  EXPECT_GE(with, 1U);
  EXPECT_LE(with, 8U);  // 2 are expected
}

TEST_F(Occasions, TakeNoMoreThanHalfOfADay) {
  company_.background.occasions = {
      {1, {Step{.calls = {"iam:ListRoles"}, .as = "iam-user", .times = 1'000}}}};
  for (int i = 0; i < 20; ++i) {
    company_.background.occasions.push_back(company_.background.occasions.front());
  }
  const auto of = days({company_, context_, 1, kStart}, 10'000);
  std::size_t num_records = 0;
  for (const auto& day : of) num_records += day.size();
  EXPECT_EQ(num_records, 10'000U);
  EXPECT_NEAR(static_cast<double>(on_days("DescribeVpcs", 26'000)[0]), 5'000, 1);
}

TEST_F(BackgroundTest, RefusesMoreThanThereAreDaysFor) {
  for (const std::size_t count : {std::size_t{1'000'000'000}, SIZE_MAX}) {
    const auto background = Background::of(stage(), count);
    ASSERT_FALSE(background) << count;
    EXPECT_EQ(background.error().code, kTooLarge);
  }
  // To the first day there is, and no further.
  ProviderOperations company = *operations_.find("aws");
  company.background.occasions.clear();
  Stage early{company, context_, 1, kStart};
  early.start = std::chrono::ceil<std::chrono::days>(Instant::min()) + std::chrono::days(14);
  auto background = Background::of(early, 60'000);
  ASSERT_TRUE(background);
  const auto day = background->next_day();
  ASSERT_TRUE(day);
  EXPECT_LT(day->front().time, early.start);
  EXPECT_FALSE(Background::of(early, 60'001));
}

TEST_F(BackgroundTest, GoesBackOverWorkdaysWithOtherIds) {
  ProviderOperations company = *operations_.find("aws");
  company.background.occasions.clear();
  const auto of = days({company, context_, 1, kStart}, 30'000);
  ASSERT_EQ(of.size(), 3U);
  std::set<std::string> ids;
  for (const auto& day : of) {
    for (std::size_t i = 0; i < day.size(); i += 100) {
      const auto record = text::JsonDocument::parse(day[i].text);
      ASSERT_TRUE(record) << day[i].text;
      const auto id = record->root().find("eventID");
      if (id) {
        EXPECT_TRUE(ids.emplace(id->text()).second) << id->text();
      }
      const auto time = record->root().find("eventTime");
      if (time) {
        EXPECT_EQ(text::parse_timestamp(time->text())->time, day[i].time);
      }
    }
  }
  EXPECT_GE(ids.size(), 250U);
  // Thursday and Friday before the Sunday.
  EXPECT_EQ(of[2][0].time - of[1][0].time, std::chrono::days(2));
  EXPECT_EQ(of[1][0].time - of[0][0].time, std::chrono::days(1));
}

// What is ordinary and what attackers do: all that can be played.
TEST_F(BackgroundTest, MouldsMakeWhatPlayMakes) {
  const auto procedures = load_procedures(knowledge_, operations_, report_);
  std::size_t num_records = 0;
  const auto hold = [&](const Scenario& scenario, const Stage& stage, const std::string& label) {
    const auto played = play(scenario, stage, label);
    const auto casts = cast(scenario, stage, label);
    ASSERT_TRUE(played) << label;
    ASSERT_TRUE(casts) << label;
    ASSERT_EQ(played->size(), casts->size()) << label;
    for (std::size_t i = 0; i < played->size(); ++i) {
      const auto made = (*casts)[i].made(std::chrono::days(0));
      ASSERT_TRUE(made) << label;
      ASSERT_EQ(made->text, (*played)[i].text) << label;
      ASSERT_EQ(made->delivered_as, (*played)[i].delivered_as) << label;
      ASSERT_EQ(made->log_source, (*played)[i].log_source) << label;
      ASSERT_EQ(made->time, (*played)[i].time) << label;
      ASSERT_EQ(made->is_setup, (*played)[i].is_setup) << label;
      ++num_records;
    }
  };
  for (const Procedure& procedure : procedures) {
    hold(procedure.attack, stage(procedure.facts.provider), procedure.facts.id);
  }
  for (const std::string_view provider : {"aws", "kubernetes", "gcp"}) {
    const Scenario work = all_of(operations_.find(provider)->background);
    hold(work, stage(provider), "background");
  }
  EXPECT_GE(num_records, 1'000U);
}

// But for what is drawn, which is drawn alike for both here; and the files' names in full.
TEST_F(BackgroundTest, MouldsMoveToAnotherDayAsIfTheyWerePlayedThen) {
  const std::chrono::days later(-3);
  for (const std::string_view provider : {"aws", "kubernetes", "gcp"}) {
    const Scenario work = all_of(operations_.find(provider)->background);
    const Stage here = stage(provider);
    Stage then = here;
    then.start += later;
    const auto casts = cast(work, here, "background");
    const auto moved = cast(work, then, "background");
    ASSERT_TRUE(casts && moved);
    ASSERT_EQ(casts->size(), moved->size());
    for (std::size_t i = 0; i < casts->size(); ++i) {
      std::string text;
      std::string text_then;
      ASSERT_TRUE((*casts)[i].text.fill(Random(3), later, text));
      ASSERT_TRUE((*moved)[i].text.fill(Random(3), std::chrono::days(0), text_then));
      ASSERT_EQ(text, text_then);
      const auto made = (*casts)[i].made(later);
      const auto made_then = (*moved)[i].made(std::chrono::days(0));
      ASSERT_TRUE(made && made_then);
      ASSERT_EQ(made->delivered_as, made_then->delivered_as);
      ASSERT_EQ(made->time, made_then->time);
    }
  }
}

}  // namespace
}  // namespace nepho::exercise
