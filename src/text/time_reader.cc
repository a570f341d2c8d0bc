#include "text/time_reader.h"

#include <algorithm>
#include <cstring>

#include "text/timestamp.h"

namespace nepho::text {
namespace {

constexpr std::size_t kPlainBytes = std::string_view("2026-03-01T03:04:05Z").size();
constexpr std::size_t kMostFractionDigits = 9;

// The number of two digits at `text`; more than 99 where they are none.
unsigned two_digits(const char* text) {
  const auto tens = static_cast<unsigned char>(text[0] - '0');
  const auto ones = static_cast<unsigned char>(text[1] - '0');
  return tens > 9 || ones > 9 ? 100U : 10U * tens + ones;
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

// The nanoseconds in ".1234567Z", or in "Z".
std::optional<std::chrono::nanoseconds> fraction_of(std::string_view text) {
  if (text == "Z") return std::chrono::nanoseconds(0);
  const std::size_t num_digits = text.size() - 2;
  if (text[0] != '.' || text.back() != 'Z' || num_digits == 0) return std::nullopt;
  std::int64_t fraction = 0;
  for (std::size_t i = 0; i < kMostFractionDigits; ++i) {
    const unsigned digit = i < num_digits ? static_cast<unsigned char>(text[i + 1] - '0') : 0U;
    if (digit > 9) return std::nullopt;
    fraction = 10 * fraction + digit;
  }
  return std::chrono::nanoseconds(fraction);
}

// What stands behind the date: "03:04:05Z", with or without a fraction.
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
      text.size() >= kPlainBytes && text.size() <= kPlainBytes + 1 + kMostFractionDigits;
  if (may_be_plain && is_same_date(text)) {
    if (const auto time = time_of_day(text.substr(date_.size()))) return midnight_ + *time;
  }
  const bool is_last = text.size() == last_size_ && !text.empty() &&
                       std::memcmp(text.data(), last_.data(), last_size_) == 0;
  if (is_last) return last_time_;
  const auto parsed = parse_timestamp(text);
  if (!parsed) return std::nullopt;
  if (may_be_plain && text[10] == 'T' && time_of_day(text.substr(date_.size()))) {
    std::copy_n(text.data(), date_.size(), date_.begin());
    midnight_ = std::chrono::floor<std::chrono::days>(parsed->time);
  } else if (text.size() <= last_.size()) {
    std::ranges::copy(text, last_.begin());
    last_size_ = text.size();
    last_time_ = parsed->time;
  }
  return parsed->time;
}

}  // namespace nepho::text
