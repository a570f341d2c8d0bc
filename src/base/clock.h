// The only way to know what time it is, so that a test can set it.
#pragma once

#include <chrono>

namespace nepho {

// A point in time, UTC, in nanoseconds since 1970-01-01.
using Instant = std::chrono::sys_time<std::chrono::nanoseconds>;

// Safe for use by many threads.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  // The time of day.
  virtual Instant now() const = 0;
  // Time since some fixed point; it never goes back. For measuring.
  virtual std::chrono::nanoseconds elapsed() const = 0;
};

// The machine's clock.
const Clock& system_clock();

// A clock that stands until it is moved. Not thread-safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(Instant now) : now_(now) {}

  void advance(std::chrono::nanoseconds by) {
    now_ += by;
    elapsed_ += by;
  }

  Instant now() const override { return now_; }
  std::chrono::nanoseconds elapsed() const override { return elapsed_; }

 private:
  Instant now_;
  std::chrono::nanoseconds elapsed_{0};
};

}  // namespace nepho
