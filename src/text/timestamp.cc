// The form is told by the first character that is no digit (a number, '/', '-'); each form is then
// read from left to right by a Reader, and must use up all of the text. The one that nearly all
// logs write has a way of its own in front, which a test holds against the long one.
#include "text/timestamp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace nepho::text {
namespace {

using std::chrono::nanoseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

// What is left to read. Each take_ takes what it names off the front, or leaves `text` as it is and
// says no.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }

  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  // A number of `min` to `max` digits.
  bool take_number(std::size_t min, std::size_t max, unsigned& number) {
    const std::size_t size = num_digits();
    if (size < min) return false;
    number = 0;
    for (const char c : text_.substr(0, std::min(size, max)))
      number = number * 10 + static_cast<unsigned>(c - '0');
    text_.remove_prefix(std::min(size, max));
    return true;
  }

  // The digits behind a point or comma, as nanoseconds; what is finer is dropped.
  bool take_fraction(unsigned& nanosecond) {
    if (text_.size() < 2 || (text_[0] != '.' && text_[0] != ',')) return true;
    text_.remove_prefix(1);
    const std::size_t size = num_digits();
    if (size == 0) return false;
    nanosecond = 0;
    for (std::size_t i = 0; i < 9; ++i)
      nanosecond = nanosecond * 10 + (i < size ? static_cast<unsigned>(text_[i] - '0') : 0);
    text_.remove_prefix(size);
    return true;
  }

 private:
  std::size_t num_digits() const {
    const auto end =
        std::find_if_not(text_.begin(), text_.end(), [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(end - text_.begin());
  }

  std::string_view text_;
};

bool take_time_of_day(Reader& reader, CivilTime& civil) {
  if (!reader.take_number(1, 2, civil.hour) || !reader.take(':') ||
      !reader.take_number(2, 2, civil.minute))
    return false;
  if (reader.take(':') && !reader.take_number(2, 2, civil.second)) return false;
  return reader.take_fraction(civil.nanosecond);
}

// 'Z', an offset, or nothing; `offset` is how far the written time is ahead of UTC.
bool take_zone(Reader& reader, std::chrono::minutes& offset) {
  if (reader.take('Z') || reader.take('z') || reader.take(" UTC") || reader.take(" GMT"))
    return true;
  reader.take(' ');
  const bool ahead = reader.take('+');
  if (!ahead && !reader.take('-')) return true;
  unsigned hours = 0;
  unsigned minutes = 0;
  if (!reader.take_number(2, 2, hours)) return false;
  if (reader.take(':') && reader.at_end()) return false;
  if (!reader.at_end() && !reader.take_number(2, 2, minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  offset = std::chrono::minutes(hours * 60 + minutes) * (ahead ? 1 : -1);
  return true;
}

std::optional<Timestamp> make_timestamp(const CivilTime& civil, std::chrono::minutes offset) {
  const std::chrono::year_month_day date{
      std::chrono::year(civil.year), std::chrono::month(civil.month), std::chrono::day(civil.day)};
  const bool is_real = date.ok() && civil.hour < 24 && civil.minute < 60 && civil.second <= 60;
  if (!is_real || civil.year < 1678 || civil.year > 2261) return std::nullopt;
  const auto time = sys_days(date) + std::chrono::hours(civil.hour) +
                    std::chrono::minutes(civil.minute) + std::chrono::seconds(civil.second) +
                    nanoseconds(civil.nanosecond) - offset;
  return Timestamp{time, civil};
}

CivilTime civil_of(sys_time<nanoseconds> time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<unsigned>(clock.hours().count()),
          static_cast<unsigned>(clock.minutes().count()),
          static_cast<unsigned>(clock.seconds().count()),
          static_cast<unsigned>(clock.subseconds().count())};
}

// 2026-03-01T03:04:05Z, exactly so: what nearly all cloud logs write, read without asking at each
// step what may come. Nothing where it is something else, or no time at all.
std::optional<Timestamp> parse_plain_utc(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool fits = kForm[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
    if (!fits) return std::nullopt;
  }
  const auto two = [&](std::size_t at) {
    return static_cast<unsigned>((text[at] - '0') * 10 + text[at + 1] - '0');
  };
  CivilTime civil;
  civil.year = static_cast<int>(two(0) * 100 + two(2));
  civil.month = two(5);
  civil.day = two(8);
  civil.hour = two(11);
  civil.minute = two(14);
  civil.second = two(17);
  return make_timestamp(civil, std::chrono::minutes(0));
}

// 2026-03-01T03:04:05Z and its like.
std::optional<Timestamp> parse_iso(std::string_view text) {
  Reader reader(text);
  CivilTime civil;
  unsigned year = 0;
  std::chrono::minutes offset{0};
  if (!reader.take_number(4, 4, year) || !reader.take('-') ||
      !reader.take_number(2, 2, civil.month) || !reader.take('-') ||
      !reader.take_number(2, 2, civil.day))
    return std::nullopt;
  civil.year = static_cast<int>(year);
  if (!reader.at_end()) {
    if (!reader.take('T') && !reader.take(' ') && !reader.take('t')) return std::nullopt;
    if (!take_time_of_day(reader, civil) || !take_zone(reader, offset)) return std::nullopt;
  }
  return reader.at_end() ? make_timestamp(civil, offset) : std::nullopt;
}

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// The number of the month whose name comes next.
bool take_month_name(Reader& reader, unsigned& month) {
  const auto* const found =
      std::ranges::find_if(kMonths, [&](const std::string_view name) { return reader.take(name); });
  month = static_cast<unsigned>(found - kMonths.begin()) + 1;
  return found != kMonths.end();
}

// " AM" or " PM", or nothing; newer versions of Unicode's formats have a narrow blank there. False
// where the hour is none of twelve.
bool take_half_of_day(Reader& reader, CivilTime& civil) {
  const bool afternoon = reader.take(" PM") || reader.take("\u202fPM");
  if (!afternoon && !reader.take(" AM") && !reader.take("\u202fAM")) return true;
  if (civil.hour < 1 || civil.hour > 12) return false;
  civil.hour = civil.hour % 12 + (afternoon ? 12 : 0);
  return true;
}

// 8/22/2022 6:07:16 PM.
std::optional<Timestamp> parse_month_first(std::string_view text) {
  Reader reader(text);
  CivilTime civil;
  unsigned year = 0;
  if (!reader.take_number(1, 2, civil.month) || !reader.take('/') ||
      !reader.take_number(1, 2, civil.day) || !reader.take('/') || !reader.take_number(4, 4, year))
    return std::nullopt;
  civil.year = static_cast<int>(year);
  if (!reader.at_end() &&
      (!(reader.take(", ") || reader.take(' ')) || !take_time_of_day(reader, civil)))
    return std::nullopt;
  if (!take_half_of_day(reader, civil)) return std::nullopt;
  return reader.at_end() ? make_timestamp(civil, std::chrono::minutes(0)) : std::nullopt;
}

// Mar 20, 2023, 6:08:05 PM.
std::optional<Timestamp> parse_month_name_first(std::string_view text) {
  Reader reader(text);
  CivilTime civil;
  unsigned year = 0;
  if (!take_month_name(reader, civil.month) || !reader.take(' ') ||
      !reader.take_number(1, 2, civil.day) || !reader.take(", ") ||
      !reader.take_number(4, 4, year) || !(reader.take(", ") || reader.take(' ')) ||
      !take_time_of_day(reader, civil) || !take_half_of_day(reader, civil))
    return std::nullopt;
  civil.year = static_cast<int>(year);
  return reader.at_end() ? make_timestamp(civil, std::chrono::minutes(0)) : std::nullopt;
}

// 06/Feb/2019:00:00:38 +0000, the common log format of web servers.
std::optional<Timestamp> parse_common_log(std::string_view text) {
  Reader reader(text);
  CivilTime civil;
  unsigned year = 0;
  std::chrono::minutes offset{0};
  if (!reader.take_number(1, 2, civil.day) || !reader.take('/') ||
      !take_month_name(reader, civil.month) || !reader.take('/') ||
      !reader.take_number(4, 4, year) || !reader.take(':') || !take_time_of_day(reader, civil) ||
      !take_zone(reader, offset))
    return std::nullopt;
  civil.year = static_cast<int>(year);
  return reader.at_end() ? make_timestamp(civil, offset) : std::nullopt;
}

// A number since 1970. The bounds tell the units apart for every time from 1973 to 5138; a smaller
// number is more likely a count or an hour than a time.
std::optional<Timestamp> parse_epoch(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || whole.size() > 19) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9' || __builtin_mul_overflow(number, 10, &number) ||
        __builtin_add_overflow(number, c - '0', &number))
      return std::nullopt;
  }
  Reader fraction(text.substr(point));
  unsigned nanosecond = 0;
  if (!fraction.take_fraction(nanosecond) || !fraction.at_end()) return std::nullopt;
  constexpr std::int64_t kFirstSecond = 100'000'000;
  if (number < kFirstSecond) return std::nullopt;
  std::int64_t unit = 1'000'000'000;  // nanoseconds
  // Divided rather than the bound multiplied, which would pass the end of its type.
  constexpr std::int64_t kLastSecond = 99'999'999'999;
  for (std::int64_t seconds = number; seconds > kLastSecond && unit > 1; seconds /= 1000) {
    unit /= 1000;
  }
  if (__builtin_mul_overflow(number, unit, &number)) return std::nullopt;
  // A fraction of a second; of a smaller unit it is below what logs mean.
  if (unit == 1'000'000'000 && __builtin_add_overflow(number, nanosecond, &number))
    return std::nullopt;
  const sys_time<nanoseconds> time{nanoseconds(number)};
  return Timestamp{time, civil_of(time)};
}

}  // namespace

unsigned CivilTime::week() const {
  using namespace std::chrono;
  const sys_days date = std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day);
  // The week belongs to the year that its Thursday lies in.
  const sys_days thursday = date + days(4 - static_cast<int>(weekday(date).iso_encoding()));
  const sys_days first = year_month_day(thursday).year() / January / 1;
  return static_cast<unsigned>((thursday - first).count()) / 7 + 1;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (auto time = parse_plain_utc(text)) return time;
  const std::size_t mark = text.find_first_not_of("0123456789");
  if (mark == std::string_view::npos || text[mark] == '.') return parse_epoch(text);
  if (mark == 0 && text[0] >= 'A' && text[0] <= 'Z') return parse_month_name_first(text);
  if (text[mark] != '/') return parse_iso(text);
  const bool has_month_name = mark + 1 < text.size() && text[mark + 1] >= 'A';
  return has_month_name ? parse_common_log(text) : parse_month_first(text);
}

std::string to_rfc3339(sys_time<nanoseconds> time) {
  std::string text;
  append_rfc3339(time, text);
  return text;
}

void append_rfc3339(sys_time<nanoseconds> time, std::string& out) {
  const CivilTime civil = civil_of(time);
  const std::size_t begin = out.size();
  out += "0000-00-00T00:00:00";
  const auto put = [&](std::size_t end, unsigned value) {
    for (; value != 0; value /= 10) out[begin + --end] = static_cast<char>('0' + value % 10);
  };
  put(4, static_cast<unsigned>(civil.year));
  put(7, civil.month);
  put(10, civil.day);
  put(13, civil.hour);
  put(16, civil.minute);
  put(19, civil.second);
  if (civil.nanosecond != 0) {
    out += ".000000000";
    put(out.size() - begin, civil.nanosecond);
    for (int i = 0; i < 2 && out.ends_with("000"); ++i) out.resize(out.size() - 3);
  }
  out += 'Z';
}

}  // namespace nepho::text
