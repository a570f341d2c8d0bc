#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace nepho::cli {
namespace {

using std::chrono::nanoseconds;

// Short work needs no bar; a faster one flickers. Guesses, by eye.
constexpr nanoseconds kFirstDraw = std::chrono::milliseconds(500);
constexpr nanoseconds kBetweenDraws = std::chrono::milliseconds(100);
constexpr std::size_t kBarWidth = 24;

double seconds_of(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * kBarWidth);
  return fmt::format("[{}{}]", std::string(full, '#'), std::string(kBarWidth - full, '-'));
}

}  // namespace

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> kUnits{"kB", "MB", "GB", "TB", "PB"};
  if (bytes < 1'000) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1'000;
  std::size_t unit = 0;
  // 999.5 would be shown as 1000.
  for (; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1'000;
  return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, kUnits[unit]);
}

std::string time_text(std::chrono::seconds time) {
  const auto seconds = time.count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3'600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {:02} min", seconds / 3'600, seconds / 60 % 60);
}

std::string progress_line(const ProgressState& state, std::size_t width) {
  const double elapsed = seconds_of(state.elapsed);
  const double rate = elapsed > 0 ? static_cast<double>(state.done_bytes) / elapsed : 0;
  const std::string rate_text = bytes_text(static_cast<std::uint64_t>(rate)) + "/s";
  std::string line;
  if (state.total_bytes == 0) {
    line = fmt::format("{}  {}  {}", state.label, bytes_text(state.done_bytes), rate_text);
    return line.substr(0, width);
  }
  const std::uint64_t done = std::min(state.done_bytes, state.total_bytes);
  const double share = static_cast<double>(done) / static_cast<double>(state.total_bytes);
  line = fmt::format("{}  {}  {:3.0f} %  {} of {}  {}", state.label, bar(share), share * 100,
                     bytes_text(done), bytes_text(state.total_bytes), rate_text);
  if (rate > 0) {
    const auto left =
        static_cast<std::int64_t>(static_cast<double>(state.total_bytes - done) / rate + 0.5);
    line += fmt::format("  {} left", time_text(std::chrono::seconds(left)));
  }
  return line.substr(0, width);
}

Progress::Progress(Messages& messages, std::string label, std::uint64_t total_bytes,
                   const Clock& clock)
    : messages_(messages),
      label_(std::move(label)),
      total_(total_bytes),
      clock_(clock),
      begin_(clock.elapsed()),
      is_shown_(messages.shows_transient()),
      next_draw_ns_(kFirstDraw.count()) {}

Progress::~Progress() {
  if (is_shown_) messages_.show_transient("");
}

void Progress::set(std::uint64_t done) {
  if (!is_shown_) return;
  const nanoseconds elapsed = clock_.elapsed() - begin_;
  std::int64_t due = next_draw_ns_.load(std::memory_order_relaxed);
  if (elapsed.count() < due) return;
  const std::int64_t next = (elapsed + kBetweenDraws).count();
  if (!next_draw_ns_.compare_exchange_strong(due, next, std::memory_order_relaxed)) return;
  const ProgressState state{
      .label = label_, .done_bytes = done, .total_bytes = total_, .elapsed = elapsed};
  // One column is left free: a full last line would scroll.
  messages_.show_transient(
      progress_line(state, static_cast<std::size_t>(messages_.terminal().width - 1)));
}

}  // namespace nepho::cli
