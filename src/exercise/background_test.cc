#include "exercise/background.h"

#include <gtest/gtest.h>

#include <set>

#include "exercise/errors.h"
#include "exercise/procedure.h"
#include "text/json.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

// A Sunday.
const Instant kStart = text::parse_timestamp("2026-03-01T10:00:00Z")->time;

class BackgroundTest : public testing::Test {
 protected:
  BackgroundTest() : operations_(Operations::load(knowledge_, report_)) {}

  Stage stage(std::string_view provider = "aws") const {
    return {*operations_.find(provider), context_, 1, kStart};
  }

  std::vector<std::vector<Record>> days(std::size_t count) const {
    auto background = Background::of(stage(), count);
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
  const auto of = days(20'123);
  ASSERT_EQ(of.size(), 3U);
  EXPECT_EQ(of[0].size(), 123U);
  EXPECT_EQ(of[2].size(), 10'000U);
  // People begin within six hours, not all at once.
  EXPECT_LT(of[2].front().time, kStart - std::chrono::hours(5));
}

TEST_F(BackgroundTest, RefusesMoreThanThereAreDaysFor) {
  for (const std::size_t count : {std::size_t{1'000'000'000}, SIZE_MAX}) {
    const auto background = Background::of(stage(), count);
    ASSERT_FALSE(background) << count;
    EXPECT_EQ(background.error().code, kTooLarge);
  }
  // To the first day there is, and no further.
  Stage early = stage();
  early.start = std::chrono::ceil<std::chrono::days>(Instant::min()) + std::chrono::days(14);
  auto background = Background::of(early, 60'000);
  ASSERT_TRUE(background);
  const auto day = background->next_day();
  ASSERT_TRUE(day);
  EXPECT_LT(day->front().time, early.start);
  EXPECT_FALSE(Background::of(early, 60'001));
}

TEST_F(BackgroundTest, GoesBackOverWorkdaysWithOtherIds) {
  const auto of = days(30'000);
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
    Scenario work;
    work.steps = operations_.find(provider)->background;
    for (Step& step : work.steps) step.times = 1;
    hold(work, stage(provider), "background");
  }
  EXPECT_GE(num_records, 1'000U);
}

// But for what is drawn, which is drawn alike for both here; and the files' names in full.
TEST_F(BackgroundTest, MouldsMoveToAnotherDayAsIfTheyWerePlayedThen) {
  const std::chrono::days later(-3);
  for (const std::string_view provider : {"aws", "kubernetes", "gcp"}) {
    Scenario work;
    work.steps = operations_.find(provider)->background;
    for (Step& step : work.steps) step.times = 1;
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
