// Telemetry of ordinary work, of any size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exercise/play.h"

namespace nepho::exercise {

// People at work, each from a place of their own: up to 250 of them, and for more records than they
// make in a day (10,000) the workdays before, on which they do the same again with other ids. Among
// it are the occasions of the whole company, each on its own days: what comes about once in twenty
// workdays is on every twentieth. A day of fewer records has so many fewer of them. The same stage
// and count give the same records.
//
// Made day by day, so that memory does not grow with the count: a day takes some 20 MB. Not
// thread-safe. Cost on one core: 35 us a record of the people's one day, then 3 us a record,
// 0.4 GB/s.
class Background {
 public:
  // `count` records. Fails when nothing is known of ordinary work on the provider, with kTooLarge
  // where so many workdays would begin before the first Instant (some 900 million records), or as
  // cast() does. Keeps nothing of the stage.
  static Result<Background> of(const Stage& stage, std::size_t count);

  // The records of the next day in the order of their times, the oldest day first and that of the
  // stage's start last; none when all are given.
  Result<std::vector<Record>> next_day();

 private:
  // The days of an occasion: the `first`-th before the last, and every `every`-th before that.
  struct Days {
    std::size_t first = 0;
    std::size_t every = 1;
    std::size_t num_records = 0;  // on each
    bool has(std::size_t days_before) const {
      return days_before >= first && (days_before - first) % every == 0;
    }
  };
  struct Planned {
    CastRecord cast;
    std::optional<std::size_t> occasion;  // none: of every day
  };

  Background() = default;
  Result<void> add_occasions(const Stage& stage, std::size_t of_a_day, std::size_t count);
  void plan(CastRecord cast, std::optional<std::size_t> occasion);
  Result<void> add_people(const Stage& stage, std::size_t num_records);
  bool is_on(const Planned& planned, std::size_t days_before) const {
    return !planned.occasion || occasions_[*planned.occasion].has(days_before);
  }
  // How many records the days from this one to the last have.
  std::size_t num_records(std::size_t days_before) const;
  Result<void> count_days(std::size_t count);

  std::vector<Planned> plan_;    // of one day, in the order of their times
  std::vector<Days> occasions_;  // by their place in Work::occasions
  std::size_t num_of_people_ = 0;
  std::size_t days_left_ = 0;
  std::size_t num_passed_over_ = 0;  // of the oldest day
  Instant start_;
  std::uint64_t place_seed_ = 0;
};

}  // namespace nepho::exercise
