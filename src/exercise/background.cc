#include "exercise/background.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
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

// Some of the background's steps, each as often as its `times` says beside the others'.
Scenario day_of_work(const ProviderOperations& provider, std::size_t count, Random& random) {
  std::size_t total = 0;
  for (const Step& step : provider.background) total += step.times;
  Scenario scenario;
  while (scenario.steps.size() < count) {
    std::size_t drawn = random.below(total);
    const auto chosen = std::ranges::find_if(provider.background, [&](const Step& step) {
      const bool is_it = drawn < step.times;
      drawn -= std::min(drawn, step.times);
      return is_it;
    });
    scenario.steps.push_back(*chosen);
    scenario.steps.back().times = 1;
    scenario.steps.back().after = seconds(5 + random.below(600));
  }
  return scenario;
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
  if (stage.provider.background.empty()) {
    return fail(kMissingKey, "nothing is known of ordinary work on " + stage.provider.provider);
  }
  const std::size_t of_a_day = std::min(count, kMostPeople * kCallsOfAPerson);
  if (count > of_a_day && (count - 1) / of_a_day > most_workdays_before(stage.start)) {
    return fail(kTooLarge,
                fmt::format("{} records of ordinary work would begin before the year 1677", count));
  }
  Background made;
  made.start_ = stage.start;
  for (std::size_t person = 0; made.casts_.size() < of_a_day; ++person) {
    const std::string label = fmt::format("background/{}", person);
    Random random(seed_for(stage.seed, label));
    const std::size_t num_calls = std::min(kCallsOfAPerson, of_a_day - made.casts_.size());
    Stage here = stage;
    here.start -= seconds(random.below(std::size_t{6} * 3600));
    auto records = cast(day_of_work(stage.provider, num_calls, random), here, label);
    if (!records) return std::unexpected(std::move(records.error()));
    std::ranges::move(*records, std::back_inserter(made.casts_));
  }
  made.casts_.resize(of_a_day);
  std::ranges::stable_sort(made.casts_, {}, &CastRecord::time);
  made.days_left_ = count == 0 ? 0 : (count - 1) / of_a_day + 1;
  made.num_passed_over_ = made.days_left_ * of_a_day - count;
  return made;
}

Result<std::vector<Record>> Background::next_day() {
  std::vector<Record> records;
  if (days_left_ == 0) return records;
  --days_left_;
  const days before = workdays_before(start_, days_left_);
  records.reserve(casts_.size() - num_passed_over_);
  for (std::size_t i = std::exchange(num_passed_over_, 0); i < casts_.size(); ++i) {
    auto record = casts_[i].made(-before);
    if (!record) return std::unexpected(std::move(record.error()));
    records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace nepho::exercise
