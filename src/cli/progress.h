// The progress of long work: one line on stderr that comes and goes.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "cli/messages.h"

namespace nepho::cli {

// What the line says at one moment: "reading  [#####-----]  42 %  1.3 GB of 3.1 GB  410 MB/s  4 s
// left". Without a total (a pipe): no bar, no time left. `width` columns at most.
struct ProgressState {
  std::string_view label;
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;  // 0: not known
  std::chrono::nanoseconds elapsed{0};
};
std::string progress_line(const ProgressState& state, std::size_t width);

// "950 B", "1.3 GB": powers of 1000, as disks and networks are measured.
std::string bytes_text(std::uint64_t bytes);
// "4 s", "2 min 05 s", "1 h 03 min".
std::string time_text(std::chrono::seconds time);

// Shown only on a terminal, unless -q, and not before the work has taken half a second; drawn at
// most ten times a second. add() may be called from any thread and costs an atomic addition and,
// rarely, a draw. The line is taken away at the end.
class Progress {
 public:
  Progress(Messages& messages, std::string label, std::uint64_t total_bytes,
           const Clock& clock = system_clock());
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void add(std::uint64_t bytes) { set(done_.fetch_add(bytes, std::memory_order_relaxed) + bytes); }
  // For work that counts by itself. `bytes` never falls.
  void set_done(std::uint64_t bytes) {
    done_.store(bytes, std::memory_order_relaxed);
    set(bytes);
  }

 private:
  void set(std::uint64_t done);

  Messages& messages_;
  const std::string label_;
  const std::uint64_t total_;
  const Clock& clock_;
  const std::chrono::nanoseconds begin_;
  const bool is_shown_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::int64_t> next_draw_ns_;  // of elapsed time; who moves it draws
};

}  // namespace nepho::cli
