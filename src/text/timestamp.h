// Points in time as cloud logs write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace nepho::text {

// A time on the wall of whoever wrote it: the fields as written, no zone applied. What Sigma's
// `minute`, `hour`, `day`, `week`, `month` and `year` look at (modifiers appendix 2.1: "not
// designed to handle timezone conversions").
struct CivilTime {
  int year = 0;
  unsigned month = 0;  // 1..12
  unsigned day = 0;    // 1..31
  unsigned hour = 0;   // 0..23
  unsigned minute = 0;
  unsigned second = 0;
  unsigned nanosecond = 0;

  // The ISO 8601 week, 1..53: the one that holds the year's first Thursday is week 1.
  unsigned week() const;
  bool operator==(const CivilTime&) const = default;
};

struct Timestamp {
  std::chrono::sys_time<std::chrono::nanoseconds> time;  // UTC; a time without a zone counts as UTC
  CivilTime civil;                                       // of a number: in UTC
};

// Reads, with nothing around it:
//   2026-03-01T03:04:05.123456789Z   any number of digits behind the second (beyond 9 dropped), or
//                                    none; 'T' or a blank; 'Z', +hh:mm, +hhmm, +hh, " UTC" or none
//   2026-03-01T03:04, 2026-03-01     without seconds; a date alone is its midnight
//   8/22/2022 6:07:16 PM             month first, as Microsoft exports write; without AM/PM 0..23
//   Mar 20, 2023, 6:08:05 PM         as Amazon Inspector writes; the second comma may be missing
//   06/Feb/2019:00:00:38 +0000       as web servers and S3 write
//   1772359200, 1772359200.5         a number since 1970, whose size tells its unit: seconds,
//   1772359200000                    milliseconds, microseconds or nanoseconds
// Anything else, a date that does not exist ("0000-00-00") or one that nanoseconds in 64 bits do
// not reach (before 1678, after 2261) is none. A leap second counts as the second after it.
// No allocation.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// "2026-03-01T03:04:05Z", with 3, 6 or 9 digits behind the second where they are not all zero; as a
// text and behind one.
std::string to_rfc3339(std::chrono::sys_time<std::chrono::nanoseconds> time);
void append_rfc3339(std::chrono::sys_time<std::chrono::nanoseconds> time, std::string& out);

}  // namespace nepho::text
