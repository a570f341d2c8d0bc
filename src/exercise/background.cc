#include "exercise/background.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "exercise/errors.h"
#include "exercise/random.h"

namespace nepho::exercise {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// What a person at work does in a row before it is another's turn.
constexpr std::size_t kCallsOfAPerson = 40;
constexpr std::size_t kMostPeople = 250;

// A full day of a company.
constexpr std::size_t kMostRecords = kMostPeople * kCallsOfAPerson;

// What a person does from one hour to the next: routines, each as often as its share says beside
// the others, until there are `count` steps.
Scenario day_of_work(const Work& work, std::size_t count, Random& random) {
  std::size_t total = 0;
  for (const Routine& routine : work.routines) total += routine.share;
  Scenario scenario;
  while (scenario.steps.size() < count) {
    std::size_t drawn = random.below(total);
    const auto chosen = std::ranges::find_if(work.routines, [&](const Routine& routine) {
      const bool is_it = drawn < routine.share;
      drawn -= std::min(drawn, routine.share);
      return is_it;
    });
    const std::size_t first = scenario.steps.size();
    std::ranges::copy(chosen->steps, std::back_inserter(scenario.steps));
    scenario.steps[first].after = seconds(5 + random.below(600));
  }
  return scenario;
}

// The same stage at another hour: people begin within six hours, not all at once.
Stage begun_before(const Stage& stage, Random& random) {
  Stage here = stage;
  here.start -= seconds(random.below(std::size_t{6} * 3600));
  return here;
}

// How long before `start` the `number`-th workday before its day was; Saturdays and Sundays are
// none, but for the day of the start itself.
days workdays_before(Instant start, std::size_t number) {
  auto day = std::chrono::floor<days>(start);
  const auto last = day;
  for (std::size_t i = 0; i < number;) {
    day -= days(1);
    const unsigned weekday = std::chrono::weekday(day).iso_encoding();
    if (weekday < std::chrono::Saturday.iso_encoding()) ++i;
  }
  return last - day;
}

// How many there can be before `start`: an Instant begins in 1677. A week is left for what is of
// the oldest day and yet before it, the opening of sessions.
std::size_t most_workdays_before(Instant start) {
  const auto num_days =
      (std::chrono::floor<days>(start) - std::chrono::ceil<days>(Instant::min())).count();
  return num_days < 14 ? 0 : static_cast<std::size_t>(num_days / 7 - 1) * 5;
}

}  // namespace

Result<Background> Background::of(const Stage& stage, std::size_t count) {
  if (stage.provider.background.routines.empty()) {
    return fail(kMissingKey, "nothing is known of ordinary work on " + stage.provider.provider);
  }
  Background made;
  if (count == 0) return made;
  made.start_ = stage.start;
  made.place_seed_ = seed_for(stage.seed, "background/files");
  const std::size_t of_a_day = std::min(count, kMostRecords);
  if (auto added = made.add_occasions(stage, of_a_day, count); !added) {
    return std::unexpected(std::move(added.error()));
  }
  std::size_t num_of_every_day = 0;
  for (const Days& days : made.occasions_)
    num_of_every_day += days.every == 1 ? days.num_records : 0;
  // Half a day is theirs, whatever a folder of knowledge says beside.
  const std::size_t of_people = of_a_day - std::min(num_of_every_day, of_a_day / 2);
  if (auto added = made.add_people(stage, of_people); !added) {
    return std::unexpected(std::move(added.error()));
  }
  std::ranges::stable_sort(made.plan_, {}, [](const Planned& one) { return one.cast.time; });
  if (auto counted = made.count_days(count); !counted) {
    return std::unexpected(std::move(counted.error()));
  }
  return made;
}

// What the company's people do in the same minutes comes in the same files.
void Background::plan(CastRecord cast, std::optional<std::size_t> occasion) {
  cast.place_seed = place_seed_;
  plan_.push_back({std::move(cast), occasion});
}

Result<void> Background::add_occasions(const Stage& stage, std::size_t of_a_day,
                                       std::size_t count) {
  const auto& occasions = stage.provider.background.occasions;
  for (std::size_t i = 0; i < occasions.size(); ++i) {
    const std::string label = fmt::format("background/occasion/{}", i);
    Random random(seed_for(stage.seed, label));
    const std::size_t every = (occasions[i].workdays * kMostRecords + of_a_day - 1) / of_a_day;
    occasions_.push_back({.first = random.below(every), .every = every});
    // Not within the days that there can be.
    if (occasions_.back().first > count / of_a_day) continue;
    Scenario scenario;
    scenario.steps = occasions[i].steps;
    auto records = cast(scenario, begun_before(stage, random), label);
    if (!records) return std::unexpected(std::move(records.error()));
    occasions_.back().num_records = records->size();
    for (CastRecord& record : *records) plan(std::move(record), i);
  }
  return {};
}

Result<void> Background::add_people(const Stage& stage, std::size_t num_records) {
  for (std::size_t person = 0; num_of_people_ < num_records; ++person) {
    const std::string label = fmt::format("background/{}", person);
    Random random(seed_for(stage.seed, label));
    const std::size_t num_calls = std::min(kCallsOfAPerson, num_records - num_of_people_);
    const Stage here = begun_before(stage, random);
    auto records = cast(day_of_work(stage.provider.background, num_calls, random), here, label);
    if (!records) return std::unexpected(std::move(records.error()));
    records->resize(std::min(records->size(), num_records - num_of_people_));
    num_of_people_ += records->size();
    for (CastRecord& record : *records) plan(std::move(record), std::nullopt);
  }
  return {};
}

std::size_t Background::num_records(std::size_t days_before) const {
  std::size_t num = (days_before + 1) * num_of_people_;
  for (const Days& days : occasions_) {
    if (days_before < days.first) continue;
    num += ((days_before - days.first) / days.every + 1) * days.num_records;
  }
  return num;
}

// Finds how many days hold `count` records, and how many more they hold.
Result<void> Background::count_days(std::size_t count) {
  const std::size_t most = most_workdays_before(start_);
  if (num_records(most) < count) {
    return fail(kTooLarge,
                fmt::format("{} records of ordinary work would begin before the year 1677", count));
  }
  const auto days = std::views::iota(std::size_t{0}, most + 1);
  const auto oldest =
      std::ranges::lower_bound(days, count, {}, [&](std::size_t day) { return num_records(day); });
  days_left_ = *oldest + 1;
  num_passed_over_ = num_records(*oldest) - count;
  return {};
}

Result<std::vector<Record>> Background::next_day() {
  std::vector<Record> records;
  if (days_left_ == 0) return records;
  --days_left_;
  const days before = workdays_before(start_, days_left_);
  records.reserve(plan_.size());
  std::size_t to_pass_over = std::exchange(num_passed_over_, 0);
  for (const Planned& planned : plan_) {
    if (!is_on(planned, days_left_)) continue;
    if (to_pass_over != 0) {
      --to_pass_over;
      continue;
    }
    auto record = planned.cast.made(-before);
    if (!record) return std::unexpected(std::move(record.error()));
    records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace nepho::exercise
