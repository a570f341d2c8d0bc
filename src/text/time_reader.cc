#include "text/time_reader.h"

#include <algorithm>
#include <cstring>

#include "text/timestamp.h"

namespace nepho::text {
namespace {

constexpr std::size_t kPlainBytes = std::string_view("2026-03-01T03:04:05").size();
constexpr std::size_t kMostFractionDigits = 9;
constexpr std::size_t kMillisecondDigits = 13;

// The number of two digits at `text`; more than 99 where they are none.
unsigned two_digits(const char* text) {
  const auto tens = static_cast<unsigned char>(text[0] - '0');
  const auto ones = static_cast<unsigned char>(text[1] - '0');
  return tens > 9 || ones > 9 ? 100U : 10U * tens + ones;
}

// Midnight of the date in "2026-03-01T", or with a blank behind it. None where it is no such text,
// nor a date of the years that logs are of: those others are left to the parser, which knows its
// bounds.
std::optional<TimeReader::Time> midnight_of(const char* text) {
  const unsigned century = two_digits(text);
  const unsigned year = two_digits(text + 2);
  const bool is_plain = text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ') &&
                        year <= 99 && (century == 19 || century == 20);
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(100 * century + year)),
                                         std::chrono::month(two_digits(text + 5)),
                                         std::chrono::day(two_digits(text + 8))};
  if (!is_plain || !date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// What "1772359200123", milliseconds since 1970, says. None where it is no such number, or one that
// nanoseconds cannot hold.
std::optional<TimeReader::Time> milliseconds_of(std::string_view text) {
  if (text.size() != kMillisecondDigits || text[0] < '1' || text[0] > '8') return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    const unsigned digit = static_cast<unsigned char>(c - '0');
    if (digit > 9) return std::nullopt;
    number = 10 * number + digit;
  }
  return TimeReader::Time(std::chrono::milliseconds(number));
}

// The time of day in "03:04:05". None where it is no such text, nor a leap second.
std::optional<std::chrono::seconds> clock_of(const char* text) {
  const unsigned hour = two_digits(text);
  const unsigned minute = two_digits(text + 3);
  const unsigned second = two_digits(text + 6);
  const bool is_plain = text[2] == ':' && text[5] == ':';
  if (!is_plain || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::seconds(3600 * hour + 60 * minute + second);
}

// The nanoseconds in ".1234567Z", or in "Z", or in either without the letter.
std::optional<std::chrono::nanoseconds> fraction_of(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  if (text.empty()) return std::chrono::nanoseconds(0);
  const std::size_t num_digits = text.size() - 1;
  if (text[0] != '.' || num_digits == 0 || num_digits > kMostFractionDigits) return std::nullopt;
  std::int64_t fraction = 0;
  for (std::size_t i = 0; i < kMostFractionDigits; ++i) {
    const unsigned digit = i < num_digits ? static_cast<unsigned char>(text[i + 1] - '0') : 0U;
    if (digit > 9) return std::nullopt;
    fraction = 10 * fraction + digit;
  }
  return std::chrono::nanoseconds(fraction);
}

// What stands behind the date: "03:04:05Z", with or without a fraction or the letter.
std::optional<std::chrono::nanoseconds> time_of_day(std::string_view text) {
  const auto clock = clock_of(text.data());
  const auto fraction = fraction_of(text.substr(8));
  if (!clock || !fraction) return std::nullopt;
  return *clock + *fraction;
}

}  // namespace

// Two words that overlap are eleven bytes.
bool TimeReader::is_same_date(std::string_view text) const {
  return std::memcmp(text.data(), date_.data(), 8) == 0 &&
         std::memcmp(text.data() + 3, date_.data() + 3, 8) == 0;
}

std::optional<TimeReader::Time> TimeReader::read(std::string_view text) {
  const bool may_be_plain =
      text.size() >= kPlainBytes && text.size() <= kPlainBytes + 1 + kMostFractionDigits + 1;
  if (may_be_plain && (is_same_date(text) || take_date(text.data()))) {
    if (const auto time = time_of_day(text.substr(date_.size()))) return midnight_ + *time;
  }
  if (const auto time = milliseconds_of(text)) return time;
  const bool is_last = text.size() == last_size_ && !text.empty() &&
                       std::memcmp(text.data(), last_.data(), last_size_) == 0;
  if (is_last) return last_time_;
  const auto parsed = parse_timestamp(text);
  if (!parsed) return std::nullopt;
  if (text.size() <= last_.size()) {
    std::ranges::copy(text, last_.begin());
    last_size_ = text.size();
    last_time_ = parsed->time;
  }
  return parsed->time;
}

// Whether there is one that is taken. Logs that are not in order, or of many sources, change it
// with every record.
bool TimeReader::take_date(const char* text) {
  const auto midnight = midnight_of(text);
  if (!midnight) return false;
  std::copy_n(text, date_.size(), date_.begin());
  midnight_ = *midnight;
  return true;
}

}  // namespace nepho::text
