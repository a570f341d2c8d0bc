// Telemetry of ordinary work, of any size.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "exercise/play.h"

namespace nepho::exercise {

// People at work, each from a place of their own: up to 250 of them, and for more records than they
// make in a day (10,000) the workdays before, on which they do the same again with other ids. The
// same stage and count give the same records.
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
  Background() = default;

  std::vector<CastRecord> casts_;  // of one day, in the order of their times
  std::size_t days_left_ = 0;
  std::size_t num_passed_over_ = 0;  // of the oldest day
  Instant start_;
};

}  // namespace nepho::exercise
