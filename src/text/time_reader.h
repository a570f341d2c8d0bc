// Reads the times of a log one after another.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace nepho::text {

// Gives what parse_timestamp() gives, sooner in the forms that nearly all cloud logs write
// ("2026-03-01T03:04:05Z", with or without a fraction or the letter, of which only the clock is
// read where the date is that of the time before; milliseconds since 1970); in others, where it is
// the text before. One owner, no threads. Else the cost is parse_timestamp()'s.
class TimeReader {
 public:
  using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

  std::optional<Time> read(std::string_view text);

 private:
  bool is_same_date(std::string_view text) const;
  bool take_date(const char* text);

  std::array<char, 11> date_{};  // with the 'T'
  Time midnight_;                // of that date
  std::array<char, 32> last_{};  // the text read last, where it is short
  std::size_t last_size_ = 0;    // 0: none
  Time last_time_;
};

}  // namespace nepho::text
